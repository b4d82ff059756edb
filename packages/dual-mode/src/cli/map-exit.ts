import type { Code } from "../contract/code.ts";
import { DualModeError, type ErrorDetails } from "../error.ts";
import { lastWords } from "../text/excerpt.ts";
import type { CommandExit } from "./command.ts";

/**
 * The error for a run that did not answer: the table's code for the exit code, else `CLI_CRASHED`;
 * the message ends with the last words of stderr, redacted.
 *
 * @param details What the mode knows besides; its `fix` is the reader's.
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
