import { type Failure, notAgain } from "../wire.ts";

/** Status and type of a failure in Anthropic's wire. */
type Row = readonly [status: number, type: string];

const rows: Readonly<Record<string, Row>> = {
  INVALID_REQUEST: [400, "invalid_request_error"],
  UNSUPPORTED_FEATURE: [400, "invalid_request_error"],
  CONTEXT_TOO_LONG: [400, "invalid_request_error"],
  CONTENT_FILTERED: [400, "invalid_request_error"],
  MODEL_NOT_FOUND: [404, "not_found_error"],
  RATE_LIMITED: [429, "rate_limit_error"],
  QUOTA_EXHAUSTED: [429, "rate_limit_error"],
  OVERLOADED: [529, "overloaded_error"],
  CLOSED: [503, "api_error"],
  ABORTED: [499, "api_error"],
  TIMEOUT: [504, "timeout_error"],
  DEADLINE_EXCEEDED: [504, "timeout_error"],
  NETWORK: [502, "api_error"],
};

const types: Readonly<Record<number, string>> = {
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  529: "overloaded_error",
};

function rowOf({ code, lasting = false, status = lasting ? notAgain : 500 }: Failure): Row {
  const other = status < 500 ? "invalid_request_error" : "api_error";
  return rows[code] ?? [status, types[status] ?? other];
}

export function messageStatus(failure: Failure): number {
  return failure.status ?? rowOf(failure)[0];
}

/** Words by which Claude Code recognizes that it has to shorten its history. */
const tooLong = "prompt is too long";

export function messageError(failure: Failure): {
  readonly error: { readonly type: string; readonly message: string };
} {
  const { code, message, param } = failure;
  const [, type] = rowOf(failure);
  const isMarked = code !== "CONTEXT_TOO_LONG" || message.includes(tooLong);
  const said = isMarked ? message : `${tooLong}: ${message}`;
  const isPlaced = param === undefined || said.includes(param);
  return { error: { type, message: isPlaced ? said : `${param}: ${said}` } };
}
