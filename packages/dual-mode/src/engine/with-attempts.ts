import type { Attempt } from "../contract/attempt.ts";
import { DualModeError } from "../error.ts";
import { withDetails } from "../with-details.ts";

/** Adds the attempts so far to an error; one that already has attempts stays as it is. */
export function withAttempts(error: unknown, attempts: readonly Attempt[]): unknown {
  if (!DualModeError.is(error) || error.attempts.length > 0) return error;
  return withDetails(error, { attempts: [...attempts] });
}

/** Puts earlier attempts before those of an error. */
export function withEarlier(error: unknown, earlier: readonly Attempt[]): unknown {
  if (!DualModeError.is(error) || earlier.length === 0) return error;
  return withDetails(error, { attempts: [...earlier, ...error.attempts] });
}
