import { type CallOptions, type Code, DualModeError, setupCodes } from "@acc/dual-mode";
import { defined } from "../defined.ts";
import { branded } from "./branded.ts";
import { invalidArgument, unsupported } from "./refusals-of-ours.ts";

/**
 * Errors in the setup of a machine. If there are no others, and a missing key is among them, a key
 * fixes the call.
 */
const ofSetup: ReadonlySet<Code> = new Set<Code>([...setupCodes, "UNSUPPORTED_FEATURE"]);

/**
 * The longest wait (ms) that the AI SDK accepts from a vendor; instead of a longer one it retries
 * sooner.
 */
const longestWait = 60_000;

/** Converts a failure to an error of the AI SDK; its `cause` is what was thrown. */
export function toAiError(
  error: unknown,
  signal: AbortSignal | undefined,
  asked: Pick<CallOptions, "waitForLimits"> = {},
): unknown {
  if (signal?.aborted) return abortError(signal, error);
  if (!DualModeError.is(error)) return error;
  const causes = error.causes.length > 0 ? error.causes : [error];
  const codes = causes.map(({ code }) => code);
  if (codes.includes("MISSING_CREDENTIALS") && codes.every((code) => ofSetup.has(code))) {
    return branded("LoadAPIKeyError", told(error), {}, error);
  }
  if (codes.every((code) => code === "UNSUPPORTED_FEATURE")) {
    return unsupported("this request", told(error), error);
  }
  if (error.code === "ABORTED") return new DOMException(error.message, "AbortError");
  if (error.code === "INVALID_REQUEST" && error.status === undefined) {
    return invalidArgument(/^[\w.[\]]+/.exec(error.message)?.[0] ?? "request", told(error), error);
  }
  // If the AI SDK retried, it would wait, which the app has refused.
  return apiCallError(error, isLeftToAsk(error) && asked.waitForLimits !== false);
}

/**
 * Returns the error that `fetch` would throw: the signal's own reason, if it is an AbortError or
 * TimeoutError.
 */
function abortError(signal: AbortSignal, cause: unknown): unknown {
  const { reason } = signal;
  if (reason instanceof Error && /^(Abort|Timeout)Error$/.test(reason.name)) return reason;
  const said = reason === undefined ? "" : `: ${String(reason)}`;
  const error = new DOMException(`The call was aborted${said}.`, "AbortError");
  return Object.defineProperty(error, "cause", { value: reason ?? cause });
}

function apiCallError(error: DualModeError, isRetryable: boolean): Error {
  const { status, retryAfter, requestId } = error;
  const wait = retryAfter === undefined ? undefined : String(retryAfter);
  const seconds = retryAfter === undefined ? undefined : String(Math.ceil(retryAfter / 1_000));
  return branded(
    "APICallError",
    told(error),
    {
      url: "",
      requestBodyValues: {},
      statusCode: status,
      responseHeaders: defined({
        "retry-after": seconds,
        "retry-after-ms": wait,
        "x-request-id": requestId,
      }),
      responseBody: undefined,
      isRetryable,
      data: { ...error.toJSON() },
    },
    error,
  );
}

/**
 * Whether nothing has been retried yet. The engine retries, unless its client was created with
 * `retry: 0`. Attempts also contain routes that could not start, with a time of 0.
 */
function isLeftToAsk({ retryable, code, attempts, retryAfter = 0 }: DualModeError): boolean {
  if (!retryable || code === "DEADLINE_EXCEEDED" || attempts.length === 0) return false;
  return attempts.filter(({ ms }) => ms > 0).length <= 1 && retryAfter < longestWait;
}

function told({ message, fix }: DualModeError): string {
  return fix === undefined ? message : `${message} ${fix}`;
}
