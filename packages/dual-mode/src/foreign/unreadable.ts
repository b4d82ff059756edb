import { DualModeError } from "../error.ts";

/**
 * Returns the error for data of a vendor that cannot be read: without it the answer would not be
 * complete.
 *
 * @param who The vendor as the subject of a sentence: "Example's API".
 * @param what The data: "an event that is not JSON".
 */
export function unreadable(who: string, what: string, cause?: unknown): DualModeError {
  const details = cause === undefined ? {} : { cause };
  return new DualModeError("INVALID_OUTPUT", `${who} sent ${what}.`, details);
}
