import type { Attempt } from "../contract/reply.ts";
import { DualModeError } from "../error.ts";

/** The same error, telling which routes had been tried when it came. */
export function withAttempts(error: unknown, attempts: readonly Attempt[]): unknown {
  if (!DualModeError.is(error) || error.attempts.length > 0) return error;
  const { code, message, fix, status, retryAfter, cause } = error;
  return new DualModeError(code, message, {
    ...(fix === undefined ? {} : { fix }),
    ...(status === undefined ? {} : { status }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(cause === undefined ? {} : { cause }),
    attempts,
  });
}
