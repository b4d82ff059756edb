import { DualModeError } from "../error.ts";
import { abortReason } from "./abort-reason.ts";
import type { CommandContext, CommandPlan } from "./command.ts";
import { type OpenRun, openRun } from "./open-run.ts";
import type { Plan } from "./run-command.ts";
import type { GroupLeader } from "./spawn-group.ts";
import { startCommand } from "./start-command.ts";

/** A run whose process is there, for one reader. */
export interface BegunRun {
  readonly run: OpenRun;
  readonly child: GroupLeader;
  readonly planned: CommandPlan;
}

/**
 * Opens a run, plans it and starts its process.
 *
 * @param freeSlot Called at the run's end.
 * @throws {@link DualModeError} where no process came of it; then nothing is left of the run
 */
export async function beginRun(
  context: CommandContext,
  plan: Plan,
  freeSlot: () => void,
  holdsInput = false,
): Promise<BegunRun> {
  const run = openRun(context.signal, freeSlot, context.logger);
  try {
    const planned = await plan(run.folders.files);
    const child = await startCommand(commandOf(context), context, planned, run, holdsInput);
    return { run, child, planned };
  } catch (error) {
    await run.close();
    throw run.signal.aborted ? abortReason(run.signal) : error;
  }
}

export function commandOf({ command }: CommandContext): string {
  if (command === undefined) {
    throw new DualModeError("PROVIDER_FAULT", "The probe of this CLI mode named no command.");
  }
  return command;
}
