import { type CallOptions, type Code, DualModeError, setupCodes } from "@acc/dual-mode";
import { defined } from "../defined.ts";
import { branded } from "./branded.ts";
import { invalidArgument, unsupported } from "./refusals-of-ours.ts";

/** What a machine lacks: where nothing else went wrong, and a key is among it, a key is the cure. */
const ofSetup: ReadonlySet<Code> = new Set<Code>([...setupCodes, "UNSUPPORTED_FEATURE"]);

/** The AI SDK waits no longer than this (ms) for what a vendor says, and asks sooner instead. */
const longestWait = 60_000;

/** A failure as the AI SDK tells one; its `cause` is what was thrown. */
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
  // The AI SDK would wait, which the app has refused.
  return apiCallError(error, isLeftToAsk(error) && asked.waitForLimits !== false);
}

/** As `fetch` does: the signal's own error, where it is one of those that say so. */
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
 * Whether nobody has tried again yet: the engine does, unless its client was told `retry: 0`. A route
 * that could not be begun is among the attempts too, with no time.
 */
function isLeftToAsk({ retryable, code, attempts, retryAfter = 0 }: DualModeError): boolean {
  if (!retryable || code === "DEADLINE_EXCEEDED" || attempts.length === 0) return false;
  return attempts.filter(({ ms }) => ms > 0).length <= 1 && retryAfter < longestWait;
}

function told({ message, fix }: DualModeError): string {
  return fix === undefined ? message : `${message} ${fix}`;
}
