import { abortReason, throwIfAborted } from "../abort-reason.ts";
import { defaultOutputBytes } from "../text/default-output-bytes.ts";
import { type BegunRun, beginRun, commandOf } from "./begun-run.ts";
import type { CommandContext, CommandExit, CommandPlan, RunOptions } from "./command.ts";
import { endBehind } from "./ending-behind.ts";
import { LastMoment } from "./last-moment.ts";
import { readEnd } from "./read-end.ts";
import type { Plan, RunLink } from "./run-link.ts";
import { takeSlot } from "./run-slots.ts";
import { splitLines, tooLarge } from "./split-lines.ts";
import { type Refill, refillOf } from "./standby/refill.ts";
import type { Standbys } from "./standby/standbys.ts";
import { whenReported } from "./when-reported.ts";

/** Yields the lines of one run, from its slot to its end; its exit is passed to `link`. */
export async function* runLines(
  context: CommandContext,
  plan: Plan,
  options: RunOptions,
  link: RunLink,
): AsyncGenerator<string> {
  try {
    const standbys = await standbysOf(context, plan, options);
    const freeSlot = await turnOf(context, options);
    const ahead = await standbys?.claim(freeSlot);
    const refill = refillOf(standbys && (() => standbys.refill()));
    const idles = options.standby?.idles ?? (() => false);
    if (ahead !== undefined) {
      const heard = () => {
        context.standby?.claimed();
        refill.soon();
      };
      if (yield* linesOf({ ...ahead, heard, idles, refill }, context, link)) return;
    }
    // A standby process that ended without output has asked nobody: the call is made as if there
    // had been none.
    const slot = ahead === undefined ? freeSlot : await turnOf(context, options);
    const begun = await beginRun(context, plan, slot);
    yield* linesOf({ ...begun, heard: refill.soon, idles, refill, isFresh: true }, context, link);
  } catch (error) {
    link.reject(error);
    throw error;
  }
}

/** Loaded only if a client wants standby processes: most want none. */
async function standbysOf(
  context: CommandContext,
  plan: Plan,
  options: RunOptions,
): Promise<Standbys | undefined> {
  const { standby: wish } = context;
  const { standby: rules } = options;
  if (wish === undefined || rules === undefined) return undefined;
  const { Standbys } = await import("./standby/standbys.ts");
  return Standbys.of({ context, wish, plan, rules });
}

function turnOf(context: CommandContext, { maxConcurrent = 4 }: RunOptions): Promise<() => void> {
  return takeSlot(commandOf(context), maxConcurrent, context.signal);
}

interface Followed extends BegunRun {
  /** Called at the call's first line. */
  readonly heard: () => void;
  readonly refill: Refill;
  /** Whether a line is one that a standby process prints while it waits. */
  readonly idles: (line: string) => boolean;
  /**
   * Whether the process was started for this call: its exit is then the run's exit even without
   * output.
   */
  readonly isFresh?: boolean;
}

/**
 * Yields the lines of a process, and returns whether it printed anything for the call. The exit of
 * a standby process that printed nothing is not passed on.
 */
async function* linesOf(
  { run, child, planned, keepCompiled, heard, idles, refill, isFresh = false }: Followed,
  context: CommandContext,
  link: RunLink,
): AsyncGenerator<string, boolean> {
  let reported: string | undefined;
  const { standby } = context;
  const moment = new LastMoment(child.exited, () => {
    // Ending the group removes its folder, possibly before the exit is reported, so the report is
    // read now.
    reported = wordOf(planned);
    context.alive?.();
    const closing = run.close(patienceOfTheEnd);
    if (!planned.expendable || standby === undefined) return false;
    endBehind(standby.owner, closing);
    run.output.close();
    return true;
  });
  const exit = exitOf(
    { run, child, planned, keepCompiled },
    moment,
    () => wordOf(planned) ?? reported,
  );
  let said = false;
  let unwatch: (() => void) | undefined;
  // The host may be about to end, so no further process is started.
  run.signal.addEventListener("abort", refill.never, { once: true });
  try {
    link.write = child.write;
    link.complete = (patience) => {
      child.endInput();
      moment.grant(patience);
      refill.now();
      unwatch ??= whenReported(planned, () => moment.grant(0));
    };
    if (isFresh) link.resolve(exit);
    const { maxOutputBytes = defaultOutputBytes } = planned;
    // A command that floods its output is ended even while nobody reads its lines.
    run.output.watch(maxOutputBytes, () => run.abort(tooLarge("output", maxOutputBytes)));
    for await (const line of splitLines(run.output.read(), planned)) {
      throwIfAborted(context.signal);
      throwIfAborted(run.signal);
      context.alive?.();
      if (!said && !idles(line)) {
        said = true;
        link.resolve(exit);
        heard();
      }
      yield line;
    }
    await moment.over;
  } catch (error) {
    link.resolve(exit);
    throw run.signal.aborted ? abortReason(run.signal) : error;
  } finally {
    unwatch?.();
    refill.now();
    moment.end();
    if (!moment.isKilled || run.signal.aborted) await run.close();
  }
  throwIfAborted(run.signal);
  return said;
}

function wordOf({ report }: CommandPlan): string | undefined {
  return report === undefined ? undefined : readEnd(report);
}

async function exitOf(
  { child, run, keepCompiled }: BegunRun,
  moment: LastMoment,
  reportOf: () => string | undefined,
): Promise<CommandExit> {
  const ended = await moment.over;
  moment.end();
  const word = reportOf();
  if (ended.exitCode === 0) keepCompiled?.();
  if (!moment.isKilled) await run.close();
  return {
    ...ended,
    stderr: moment.isKilled ? child.stderr.soFar() : await child.stderr.whole,
    ...(word !== undefined && { report: word }),
    ...(moment.isOver && { lingered: true }),
  };
}

/** Milliseconds between SIGTERM and SIGKILL once the answer is complete. */
const patienceOfTheEnd = 500;
