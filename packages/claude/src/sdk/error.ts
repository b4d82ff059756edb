import {
  DualModeError,
  headerFacts,
  type Members,
  networkError,
  refusalError,
} from "@acc/dual-mode/provider";
import { refusals } from "../failure-rows.ts";
import { resetIn } from "../reset-in.ts";
import { apiLimits } from "./api-limits.ts";

/** The members of the SDK's errors that are read, so that its classes need not be loaded. */
interface ApiError extends Error {
  readonly status?: number;
  readonly headers?: Headers;
  readonly type?: string | null;
  /** The parsed body, or the event of the stream; absent if it was not JSON. */
  readonly error?: unknown;
}

/** Converts what the SDK threw to a DualModeError. */
export async function toError(thrown: unknown): Promise<unknown> {
  if (DualModeError.is(thrown) || !(thrown instanceof Error)) return thrown;
  if (thrown instanceof SyntaxError) {
    const message = "Claude's API sent a line that is not JSON.";
    return new DualModeError("INVALID_OUTPUT", message, { cause: thrown });
  }
  if (isApiError(thrown)) return fromApi(thrown);
  return networkError(thrown) ?? thrown;
}

function isApiError(error: ApiError): boolean {
  return error.status !== undefined || typeof error.type === "string";
}

function fromApi(cause: ApiError): Promise<DualModeError> {
  const { status, headers, type, error, message } = cause;
  const facts = headers && headerFacts(headers);
  const body = error ?? message;
  return refusalError(body, {
    ...refusals,
    who: "Claude's API refused",
    status,
    types: typeof type === "string" ? [type] : [],
    ...facts,
    limits: headers && apiLimits(headers),
    retryAfter: facts?.retryAfter ?? resetIn(message, Date.now()),
    cause,
  });
}

/** Converts an error event in the middle of a stream. */
export function streamError(told: Members): Promise<DualModeError> {
  return refusalError(told, { ...refusals, who: "Claude's API said in mid-stream" });
}
