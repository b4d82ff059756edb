import type { CommandContext, CommandExit, CommandRun, RunOptions } from "./command.ts";
import type { Plan, RunLink } from "./run-link.ts";

/**
 * Runs the context's command by the rules of every CLI run: without a shell, in an environment
 * built from nothing and in private folders, as a process group of its own that ends with the run.
 *
 * @param plan Returns the arguments and files of the run once it has a slot; with standby
 * processes, also those of each such process.
 * @throws {@link DualModeError} from `lines`: `CLI_NOT_FOUND`, `OUTPUT_TOO_LARGE`, the signal's
 * reason or `ABORTED`. The mode interprets the exit: see `mapExit`.
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

/**
 * The code that runs a command is loaded only when one is run: most processes of a client run none.
 */
async function* linesOf(
  context: CommandContext,
  plan: Plan,
  options: RunOptions,
  link: RunLink,
): AsyncGenerator<string> {
  const { runLines } = await import("../first-call.ts");
  yield* runLines(context, plan, options, link);
}
