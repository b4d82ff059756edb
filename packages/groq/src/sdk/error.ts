import {
  type Code,
  DualModeError,
  networkError,
  retryAfter,
  statusToCode,
} from "@acc/dual-mode/provider";

/** The members of the SDK's errors that are read; its classes are not loaded here. */
interface ApiError extends Error {
  readonly status?: number;
  readonly headers?: Headers;
  /** The body; in mid-stream its `error` alone. */
  readonly error?: VendorError | { readonly error?: VendorError };
}

interface VendorError {
  readonly message?: string;
  readonly type?: string;
  readonly code?: string;
}

const fixes: Partial<Readonly<Record<Code, string>>> = {
  AUTHENTICATION_FAILED: "Check the key: https://console.groq.com/keys",
  QUOTA_EXHAUSTED: "Look at the limits: https://console.groq.com/settings/limits",
  MODEL_NOT_FOUND: "Name a model that this key can use.",
  CONTEXT_TOO_LONG: "Shorten the prompt or the history.",
};

/** What the SDK threw, as an error of ours. */
export function toError(thrown: unknown): unknown {
  if (DualModeError.is(thrown) || !(thrown instanceof Error)) return thrown;
  if (thrown instanceof SyntaxError) {
    const message = "Groq's API sent a line that is not JSON.";
    return new DualModeError("INVALID_OUTPUT", message, { cause: thrown });
  }
  const error: ApiError = thrown;
  if (error.status !== undefined || error.error !== undefined) return fromApi(error);
  return networkError(error) ?? error;
}

function fromApi(error: ApiError): DualModeError {
  const { status, headers } = error;
  const vendor = vendorError(error);
  const code = codeOf(status, vendor);
  const wait = headers === undefined ? undefined : retryAfter(headers);
  const fix = fixes[code];
  const said = vendor.message ?? error.message;
  return new DualModeError(code, `Groq's API refused${status ? ` (${status})` : ""}: ${said}`, {
    ...(fix !== undefined && { fix }),
    ...(status !== undefined && { status }),
    ...(wait !== undefined && { retryAfter: wait }),
    cause: error,
  });
}

function vendorError({ error }: ApiError): VendorError {
  if (typeof error !== "object" || error === null) return {};
  return "error" in error && typeof error.error === "object" ? error.error : (error as VendorError);
}

function codeOf(status: number | undefined, { code, type, message = "" }: VendorError): Code {
  if (code === "json_validate_failed" || code === "tool_use_failed") return "INVALID_OUTPUT";
  if (status === 429 && /per day|\((TPD|RPD)\)/.test(message)) return "QUOTA_EXHAUSTED";
  if (status !== undefined) return statusToCode(status, `${code} ${message}`);
  return type === "invalid_request_error"
    ? statusToCode(400, `${code} ${message}`)
    : "SERVER_ERROR";
}
