import { DualModeError } from "../error.ts";

/**
 * The error of what a vendor sent and nobody can read: without it the answer would not be whole.
 *
 * @param who As the subject of a sentence: "Example's API".
 * @param what What it sent: "an event that is not JSON".
 */
export function unreadable(who: string, what: string, cause?: unknown): DualModeError {
  const details = cause === undefined ? {} : { cause };
  return new DualModeError("INVALID_OUTPUT", `${who} sent ${what}.`, details);
}
