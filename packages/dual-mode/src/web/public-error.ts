import type { Code } from "../contract/code.ts";
import { DualModeError } from "../error.ts";

/** The public form of a failure: its kind, without details of the server. */
export interface PublicError {
  readonly error: {
    readonly code?: Code;
    readonly message: string;
    readonly retryable: boolean;
    /** How long the vendor asked the caller to wait before the next request, in ms. */
    readonly retryAfter?: number;
  };
}

/**
 * The HTTP status of each code: 500 for a failure of this server, 502 for one of the vendor and for
 * codes that are not listed.
 */
const statuses: Readonly<Partial<Record<Code, number>>> = {
  INVALID_REQUEST: 400,
  UNSUPPORTED_FEATURE: 400,
  MODEL_NOT_FOUND: 404,
  CONTEXT_TOO_LONG: 413,
  CONTENT_FILTERED: 422,
  RATE_LIMITED: 429,
  ABORTED: 499,
  CLI_NOT_FOUND: 500,
  CLI_TOO_OLD: 500,
  CLI_NOT_LOGGED_IN: 500,
  SDK_NOT_INSTALLED: 500,
  MISSING_CREDENTIALS: 500,
  LOGIN_NOT_SHARED: 500,
  AUTHENTICATION_FAILED: 500,
  WRONG_ADDRESS: 500,
  PROVIDER_FAULT: 500,
  QUOTA_EXHAUSTED: 503,
  OVERLOADED: 503,
  CLOSED: 503,
  TIMEOUT: 504,
  DEADLINE_EXCEEDED: 504,
  NOT_CACHED: 504,
};

const messages: Readonly<Record<number, string>> = {
  400: "The request cannot be answered as it is.",
  404: "There is no such model.",
  413: "The conversation is too long for the model.",
  422: "The answer was withheld by the vendor's filter.",
  429: "Too many requests: ask again later.",
  499: "The call was ended by its sender.",
  500: "The server cannot ask the model.",
  502: "The model's vendor failed.",
  503: "The model is not available now: try again later.",
  504: "The model did not answer in time.",
};

/** Returns the HTTP status of a failure. */
export function statusOf(error: unknown): number {
  return DualModeError.is(error) ? (statuses[error.code] ?? 502) : 500;
}

/** Returns the ms to wait before the next request, if they are known. */
export function waitOf(error: unknown): number | undefined {
  return DualModeError.is(error) ? error.retryAfter : undefined;
}

/** Returns the failure in the form that a client of the server may see. */
export function publicError(error: unknown): PublicError {
  const message = messages[statusOf(error)] ?? "The call failed.";
  if (!DualModeError.is(error)) return { error: { message, retryable: false } };
  const { code, retryable, retryAfter } = error;
  const wait = retryAfter === undefined ? {} : { retryAfter };
  return { error: { code, message, retryable, ...wait } };
}
