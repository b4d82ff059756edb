import { SecretsError } from "../errors.ts";

/** The time to wait before a failed store is asked again, in milliseconds, by error. */
const waits = new WeakMap<object, number>();

/**
 * Creates the error of a store that cannot be reached: it is down, slow, sealed or limits its
 * callers.
 */
export function unavailable(
  message: string,
  options: { readonly cause?: unknown; readonly retryAfter?: number } = {},
): SecretsError {
  const error = new SecretsError("STORE_UNAVAILABLE", message, {
    cause: options.cause,
    retryable: true,
  });
  if (options.retryAfter !== undefined) waits.set(error, options.retryAfter);
  return error;
}

/** Creates the error of a store that answers, but does not let this caller read or write. */
export function refused(message: string, cause?: unknown): SecretsError {
  return new SecretsError("STORE_REFUSED", message, { cause });
}

/** Creates the error of a response that does not match the store's documentation. */
export function unreadable(message: string, cause?: unknown): SecretsError {
  return new SecretsError("STORE_ANSWER_INVALID", message, { cause });
}

export function retryAfterOf(error: unknown): number | undefined {
  return typeof error === "object" && error !== null ? waits.get(error) : undefined;
}
