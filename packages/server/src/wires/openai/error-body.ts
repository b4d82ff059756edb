import { type Failure, notAgain } from "../wire.ts";

/** Status, type and code of a failure in OpenAI's wires. */
type Row = readonly [status: number, type: string, code: string | null];

const bad = "invalid_request_error";
const rows: Readonly<Record<string, Row>> = {
  INVALID_REQUEST: [400, bad, null],
  UNSUPPORTED_FEATURE: [400, bad, "unsupported_parameter"],
  CONTEXT_TOO_LONG: [400, bad, "context_length_exceeded"],
  CONTENT_FILTERED: [400, bad, "content_filter"],
  MODEL_NOT_FOUND: [404, bad, "model_not_found"],
  RATE_LIMITED: [429, "rate_limit_error", "rate_limit_exceeded"],
  QUOTA_EXHAUSTED: [429, "insufficient_quota", "insufficient_quota"],
  OVERLOADED: [503, "server_error", "overloaded"],
  CLOSED: [503, "server_error", "closed"],
  ABORTED: [499, "server_error", "aborted"],
  TIMEOUT: [504, "server_error", "timeout"],
  DEADLINE_EXCEEDED: [504, "server_error", "timeout"],
  NETWORK: [502, "server_error", "network"],
};

/** The type of a failure of which only the status is known. */
const types: Readonly<Record<number, string>> = {
  401: "authentication_error",
  402: "insufficient_quota",
  403: "permission_error",
  429: "rate_limit_error",
};

function rowOf({ code, lasting = false, status = lasting ? notAgain : 500 }: Failure): Row {
  const named = rows[code];
  if (named !== undefined) return named;
  const type = types[status] ?? (status < 500 ? bad : "server_error");
  return [status, type, code.toLowerCase()];
}

export function openaiStatus(failure: Failure): number {
  return failure.status ?? rowOf(failure)[0];
}

/** The member `error`: its own members are null if they have no value, and never absent. */
export function openaiError(failure: Failure): {
  message: string;
  type: string;
  param: string | null;
  code: string | null;
} {
  const [, type, code] = rowOf(failure);
  return { message: failure.message, type, param: failure.param ?? null, code };
}
