import {
  DualModeError,
  networkError,
  rateLimits,
  refusalError,
  requestId,
  retryAfter,
} from "@acc/dual-mode/provider";
import { refusals } from "../failure.ts";

/** The members of the SDK's errors that are read; its classes are not loaded here. */
interface ApiError extends Error {
  readonly status?: number;
  readonly headers?: Headers;
  /** The body's `error`, or the body; absent where it was no JSON. */
  readonly error?: unknown;
}

/** What the SDK threw, as an error of ours. */
export async function toError(thrown: unknown): Promise<unknown> {
  if (DualModeError.is(thrown) || !(thrown instanceof Error)) return thrown;
  if (thrown instanceof SyntaxError) {
    const message = "OpenAI's API sent a line that is not JSON.";
    return new DualModeError("INVALID_OUTPUT", message, { cause: thrown });
  }
  const error: ApiError = thrown;
  if (error.status !== undefined || error.error !== undefined) return fromApi(error);
  return networkError(error) ?? error;
}

function fromApi(cause: ApiError): Promise<DualModeError> {
  const { status, headers, error, message } = cause;
  return refusalError(error ?? message, {
    ...refusals,
    who: "OpenAI's API refused",
    status,
    requestId: headers && requestId(headers),
    retryAfter: headers && retryAfter(headers),
    limits: headers && rateLimits(headers),
    cause,
  });
}

/** What an event means that tells an error in mid-stream. */
export function streamError(told: unknown): Promise<DualModeError> {
  return refusalError(told, { ...refusals, who: "OpenAI's API said in mid-stream" });
}
