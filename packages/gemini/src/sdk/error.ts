import {
  DualModeError,
  networkError,
  rateLimits,
  refusalError,
  requestId,
  retryAfter,
} from "@acc/dual-mode/provider";
import { refusals } from "../failure-rows.ts";

/** The members of both SDKs' errors that are read; their classes are not loaded here. */
interface ApiError extends Error {
  readonly status?: number;
  /** What one of the SDKs parses of the body, besides the words. */
  readonly errorDetails?: unknown;
}

/** What an SDK threw, as an error of ours; with the headers of a refusal, which say when to come back. */
export async function toError(thrown: unknown, headers?: Headers): Promise<unknown> {
  if (DualModeError.is(thrown) || !(thrown instanceof Error)) return thrown;
  const error: ApiError = thrown;
  if (error.status !== undefined) return fromApi(error, error.status, headers);
  if (error instanceof SyntaxError || unreadable.test(error.message)) {
    const message = "Gemini's API sent a stream that cannot be read.";
    return new DualModeError("INVALID_OUTPUT", message, { cause: error });
  }
  if (unreached.test(error.message)) {
    return new DualModeError("NETWORK", "Gemini's API was not reached, or the connection broke.", {
      cause: error,
    });
  }
  return networkError(error) ?? error;
}

const unreadable = /parsing JSON response|Failed to parse stream|JSON segment|parsing stream chunk/;
const unreached = /Error fetching from|Error reading from the stream|fetch failed sending request/;

/** The error of a refusal that no package has read. */
export async function refusedBy(response: Response): Promise<DualModeError> {
  const known = { who: "Gemini's API refused", status: response.status, ...told(response.headers) };
  return refusalError(await response.text(), { ...refusals, ...known });
}

/** One SDK has the vendor's words in its message, the other the whole body as JSON. */
function fromApi(
  cause: ApiError,
  status: number,
  headers: Headers | undefined,
): Promise<DualModeError> {
  const message = cause.message.slice(afterPreamble(cause.message));
  const body = { message, details: cause.errorDetails };
  const known = { who: "Gemini's API refused", status, cause, ...told(headers) };
  return refusalError(body, { ...refusals, ...known });
}

function told(headers: Headers | undefined) {
  if (headers === undefined) return {};
  const [wait, limits, id] = [retryAfter(headers), rateLimits(headers), requestId(headers)];
  return { retryAfter: wait, limits, requestId: id };
}

/** Before the vendor's words: `[GoogleGenerativeAI Error]: Error fetching from https://…: [400 Bad Request] `. */
function afterPreamble(message: string): number {
  if (!message.startsWith("[GoogleGenerativeAI Error]")) return 0;
  const start = message.indexOf(": [", 30);
  const end = message.indexOf("] ", start);
  return start < 0 || end < 0 ? 0 : end + 2;
}

/** What an error means that is told in a stream that began well. */
export function streamError(told: unknown): Promise<DualModeError> {
  return refusalError(told, { ...refusals, who: "Gemini's API said in mid-stream" });
}
