import type { Attempt } from "../contract/reply.ts";
import { DualModeError } from "../error.ts";

/** The same error, telling which routes had been tried when it came; one that knows already is left as it is. */
export function withAttempts(error: unknown, attempts: readonly Attempt[]): unknown {
  if (!DualModeError.is(error) || error.attempts.length > 0) return error;
  return retold(error, attempts);
}

/** The same error, telling first what came before it. */
export function withEarlier(error: unknown, earlier: readonly Attempt[]): unknown {
  if (!DualModeError.is(error) || earlier.length === 0) return error;
  return retold(error, [...earlier, ...error.attempts]);
}

function retold(error: DualModeError, attempts: readonly Attempt[]): DualModeError {
  const { code, message, fix, status, retryAfter, cooldown, cause } = error;
  return new DualModeError(code, message, {
    ...(fix === undefined ? {} : { fix }),
    ...(status === undefined ? {} : { status }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(cooldown === undefined ? {} : { cooldown }),
    ...(cause === undefined ? {} : { cause }),
    attempts: [...attempts],
  });
}
