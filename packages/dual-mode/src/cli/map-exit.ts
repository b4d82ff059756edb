import type { Code } from "../contract/code.ts";
import { DualModeError, type ErrorDetails } from "../error.ts";
import { lastWords } from "../text/excerpt.ts";
import type { CommandExit } from "./command.ts";

/**
 * Returns the error for a run that did not answer. Its code is the table's for the exit code, or
 * else `CLI_CRASHED`; its message ends with the last words of stderr, without known secrets.
 *
 * @param details Further details that the mode knows, such as a `fix`.
 */
export function mapExit(
  exit: CommandExit,
  table: Readonly<Record<number, Code>> = {},
  details: ErrorDetails = {},
): DualModeError {
  const { exitCode, signal, stderr } = exit;
  const code = (exitCode === undefined ? undefined : table[exitCode]) ?? "CLI_CRASHED";
  const how = signal === undefined ? `with exit code ${exitCode}` : `by ${signal}`;
  const words = lastWords(stderr);
  const message = `The CLI ended ${how}${words === "" ? " and said nothing." : `: ${words}`}`;
  return new DualModeError(code, message, details);
}
