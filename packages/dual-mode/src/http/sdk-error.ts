import { DualModeError } from "../error.ts";
import type { Refusals } from "../failures/refusal-context.ts";
import { refusalError } from "../failures/refusal-error.ts";
import { headerFacts } from "./header-facts.ts";
import { networkError } from "./network-error.ts";

/** The members of an SDK's errors that are read; the error classes need not be loaded. */
interface ApiError extends Error {
  readonly status?: number;
  readonly headers?: Headers;
  /** The body, or its `error`; absent if the body was not JSON. */
  readonly error?: unknown;
}

/**
 * Converts an error of an SDK. Of a refusal it keeps the message, status, wait, limits and request
 * id, from the members `status`, `headers` and `error` that generated SDKs give their errors.
 *
 * @param who The vendor as the subject of a sentence: "Example's API".
 */
export async function sdkError(thrown: unknown, who: string, refusals: Refusals): Promise<unknown> {
  if (DualModeError.is(thrown) || !(thrown instanceof Error)) return thrown;
  if (thrown instanceof SyntaxError) {
    const message = `${who} sent a line that is not JSON.`;
    return new DualModeError("INVALID_OUTPUT", message, { cause: thrown });
  }
  const { status, headers, error, message }: ApiError = thrown;
  if (status === undefined && error === undefined) return networkError(thrown) ?? thrown;
  return refusalError(error ?? message, {
    ...refusals,
    who: `${who} refused`,
    status,
    ...(headers && headerFacts(headers)),
    cause: thrown,
  });
}
