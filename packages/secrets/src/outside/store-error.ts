import { SecretsError } from "../errors.ts";

/** When a store that failed may be asked again, in milliseconds; by its error. */
const waits = new WeakMap<object, number>();

/** A store that cannot be asked now: it is away, slow, sealed or limits its callers. */
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

/** A store that can be asked and does not let this caller read or write. */
export function refused(message: string, cause?: unknown): SecretsError {
  return new SecretsError("STORE_REFUSED", message, { cause });
}

/** An answer that is not what the store's documents say. */
export function unreadable(message: string, cause?: unknown): SecretsError {
  return new SecretsError("STORE_ANSWER_INVALID", message, { cause });
}

export function retryAfterOf(error: unknown): number | undefined {
  return typeof error === "object" && error !== null ? waits.get(error) : undefined;
}
