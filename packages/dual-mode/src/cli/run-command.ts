import type { CommandContext, CommandExit, CommandRun, RunOptions } from "./command.ts";
import type { Plan, RunLink } from "./run-link.ts";

/**
 * Runs the context's command by the rules of every CLI run: no shell, an environment made from
 * nothing, private folders, a process group of its own that ends with the run.
 *
 * @param plan Makes the arguments and files of the run, when its turn has come; where processes are
 * started ahead, also for each of these.
 * @throws {@link DualModeError} from `lines`: `CLI_NOT_FOUND`, `OUTPUT_TOO_LARGE`, the signal's
 * reason or `ABORTED`. How to read the exit is the mode's: see `mapExit`.
 */
export function runCommand(
  context: CommandContext,
  plan: Plan,
  options: RunOptions = {},
): CommandRun {
  const link: RunLink = {
    resolve: () => {},
    reject: () => {},
    write: () => {},
    complete: () => {},
  };
  const exit = new Promise<CommandExit>((resolve, reject) => {
    Object.assign(link, { resolve, reject });
  });
  exit.catch(() => {});
  return {
    lines: linesOf(context, plan, options, link),
    exit,
    write: (text) => link.write(text),
    complete: (patience) => link.complete(patience),
  };
}

/** What runs a command is loaded when one is run: most processes of a client run none. */
async function* linesOf(
  context: CommandContext,
  plan: Plan,
  options: RunOptions,
  link: RunLink,
): AsyncGenerator<string> {
  const { runLines } = await import("../first-call.ts");
  yield* runLines(context, plan, options, link);
}
