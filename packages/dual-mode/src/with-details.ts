import { DualModeError, type ErrorDetails } from "./error.ts";

/**
 * Returns a copy of the error with some details or the message changed; the others stay as they
 * are.
 */
export function withDetails(
  error: DualModeError,
  details: ErrorDetails & { readonly message?: string },
): DualModeError {
  const { code, message, cause, fix, status, retryAfter, requestId, cooldown, limits } = error;
  const { retryable, text, attempts, causes } = error;
  const told = { retryable, status, retryAfter, requestId, cooldown, limits };
  const known = { cause, fix, ...told, text, attempts, causes };
  return new DualModeError(code, details.message ?? message, { ...known, ...details });
}
