import type { Attempt, DualModeError } from "@acc/dual-mode";
import { LineFault } from "../input/line-fault.ts";
import type { FailedLine, Place } from "../output/answer.ts";

/** Makes a line of the file for failures. */
export function failedLine(place: Place, error: DualModeError | LineFault): FailedLine {
  if (error instanceof LineFault) {
    const { code, message } = error;
    return { ...place, error: { code, message, retryable: false }, attempts: [] };
  }
  const { code, message, fix, status, retryable, attempts } = error;
  const told = {
    code,
    message,
    ...(fix !== undefined && { fix }),
    ...(status !== undefined && { status }),
    retryable,
  };
  return { ...place, error: told, attempts };
}

/** Codes of attempts that may have been billed although they brought no answer. */
const mayBePaid: ReadonlySet<string | undefined> = new Set([
  ...["TIMEOUT", "NETWORK", "INVALID_OUTPUT", "CLI_CRASHED", "OUTPUT_TOO_LARGE"],
  ...["SERVER_ERROR", "DEADLINE_EXCEEDED", "CONTENT_FILTERED", "ABORTED"],
]);

export function perhapsPaid(attempts: readonly Attempt[]): number {
  return attempts.filter(({ code }) => mayBePaid.has(code)).length;
}
