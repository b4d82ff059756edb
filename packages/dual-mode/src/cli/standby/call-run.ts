import type { StandbyWish } from "../../contract/mode-context.ts";
import type { CommandContext, StandbyRules } from "../command.ts";
import type { Plan } from "../run-link.ts";

/** The run of a call, for a command that can wait for its prompt. */
export interface CallRun {
  readonly context: CommandContext;
  readonly wish: StandbyWish;
  readonly plan: Plan;
  readonly rules: StandbyRules;
}
