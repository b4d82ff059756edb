import type { Attempt } from "../contract/attempt.ts";
import { DualModeError } from "../error.ts";
import { withDetails } from "../with-details.ts";

/** The same error, telling which routes had been tried when it came; one that knows already is left as it is. */
export function withAttempts(error: unknown, attempts: readonly Attempt[]): unknown {
  if (!DualModeError.is(error) || error.attempts.length > 0) return error;
  return withDetails(error, { attempts: [...attempts] });
}

/** The same error, telling first what came before it. */
export function withEarlier(error: unknown, earlier: readonly Attempt[]): unknown {
  if (!DualModeError.is(error) || earlier.length === 0) return error;
  return withDetails(error, { attempts: [...earlier, ...error.attempts] });
}
