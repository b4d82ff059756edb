import {
  DualModeError,
  givenText,
  isMembers,
  type Members,
  networkError,
  retryAfter,
} from "@acc/dual-mode/provider";
import { codeOf, fixFor } from "../failure.ts";

/** The members of the SDK's errors that are read; its classes are not loaded here. */
interface ApiError extends Error {
  readonly status?: number;
  readonly headers?: Headers;
  readonly type?: string | null;
  readonly apiMessage?: string | null;
}

/** What the SDK threw, as an error of ours. */
export function toError(thrown: unknown): unknown {
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

function fromApi(error: ApiError): DualModeError {
  const { status, headers, type } = error;
  const said = error.apiMessage ?? error.message;
  const code = codeOf(status, type ?? "", said);
  const wait = headers === undefined ? undefined : retryAfter(headers);
  return new DualModeError(code, `Claude's API refused${status ? ` (${status})` : ""}: ${said}`, {
    ...fixFor(code),
    ...(status !== undefined && { status }),
    ...(wait !== undefined && { retryAfter: wait }),
    cause: error,
  });
}

/** What an event means that tells an error in mid-stream. */
export function streamError(told: Members): DualModeError {
  const { type, message } = isMembers(told.error) ? told.error : { ...told, type: undefined };
  const apiMessage = givenText(message) ?? "an error";
  const kind = givenText(type) ?? "api_error";
  return fromApi(Object.assign(new Error(apiMessage), { type: kind, apiMessage }));
}
