import { DualModeError } from "../error.ts";
import { abortReason, throwIfAborted } from "./abort-reason.ts";
import type { CommandContext, CommandExit, CommandPlan, RunOptions } from "./command.ts";
import { LastMoment } from "./last-moment.ts";
import { type OpenRun, openRun } from "./open-run.ts";
import { readEnd } from "./read-end.ts";
import type { Plan, RunLink } from "./run-command.ts";
import { takeSlot } from "./run-slots.ts";
import type { GroupLeader } from "./spawn-group.ts";
import { defaultOutputBytes, splitLines, tooLarge } from "./split-lines.ts";
import { startCommand } from "./start-command.ts";

/** The lines of one run, from its turn to its end; the exit is told to `link`. */
export async function* runLines(
  context: CommandContext,
  plan: Plan,
  options: RunOptions,
  link: RunLink,
): AsyncGenerator<string> {
  let run: OpenRun | undefined;
  let moment: LastMoment | undefined;
  try {
    run = await open(context, options);
    const planned = await plan(run.folders.files);
    const child = await startCommand(commandOf(context), context, planned, run);
    const last = new LastMoment(run, child.exited, () => context.alive?.());
    moment = last;
    link.write = child.write;
    link.complete = (patience) => {
      child.endInput();
      last.grant(patience);
    };
    link.resolve(exitOf(child, run, moment, planned));
    watchOutput(run, planned);
    for await (const line of splitLines(run.output.read(), planned)) {
      throwIfAborted(context.signal);
      throwIfAborted(run.signal);
      context.alive?.();
      yield line;
    }
    await child.exited;
  } catch (error) {
    link.reject(error);
    throw run?.signal.aborted ? abortReason(run.signal) : error;
  } finally {
    moment?.end();
    await run?.close();
  }
  throwIfAborted(run.signal);
}

async function open(context: CommandContext, { maxConcurrent = 4 }: RunOptions): Promise<OpenRun> {
  const { signal, logger } = context;
  return openRun(signal, await takeSlot(commandOf(context), maxConcurrent, signal), logger);
}

/** A command that floods is ended also while nobody takes its lines. */
function watchOutput(run: OpenRun, { maxOutputBytes = defaultOutputBytes }: CommandPlan): void {
  run.output.watch(maxOutputBytes, () => run.abort(tooLarge("output", maxOutputBytes)));
}

async function exitOf(
  child: GroupLeader,
  run: OpenRun,
  moment: LastMoment,
  { report }: CommandPlan,
): Promise<CommandExit> {
  const ended = await child.exited;
  moment.end();
  const word = report === undefined ? undefined : readEnd(report);
  await run.close();
  return {
    ...ended,
    stderr: await child.stderr,
    ...(word !== undefined && { report: word }),
    ...(moment.isOver && { lingered: true }),
  };
}

function commandOf({ command }: CommandContext): string {
  if (command === undefined) {
    throw new DualModeError("PROVIDER_FAULT", "The probe of this CLI mode named no command.");
  }
  return command;
}
