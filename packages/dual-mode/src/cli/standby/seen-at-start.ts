import { sha256 } from "../../sha256.ts";
import { commandOf } from "../begun-run.ts";
import type { CommandContext, CommandPlan, StandbyRules } from "../command.ts";
import type { Plan } from "../run-link.ts";
import { environmentOf } from "../start-command.ts";
import { plannedFolders } from "./planned-folder.ts";

/** What a process would see at its start, and the plan of its run. */
export interface SeenAtStart {
  /** The same for processes that can replace one another. */
  readonly key: string;
  readonly planned: CommandPlan;
}

/** Plans a run in folders that do not exist. */
export async function seenAtStart(
  context: CommandContext,
  plan: Plan,
  { first = "", sees = "" }: StandbyRules,
  scope: string,
): Promise<SeenAtStart> {
  const command = commandOf(context);
  const { folders, written } = plannedFolders();
  const planned = await plan(folders.files);
  const { stdin: _, ...fixed } = planned;
  const { credential, version } = context;
  const seen = [
    [command, version, credential.kind, credential.source, scope, first, sees],
    fixed,
    Object.entries(environmentOf(command, context, planned, folders)).sort(),
    written,
  ];
  return { key: sha256(JSON.stringify(seen)).toString("base64url"), planned };
}
