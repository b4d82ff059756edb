import { DualModeError, headerFacts, networkError, refusalError } from "@acc/dual-mode/provider";
import { refusals } from "../failure-rows.ts";

/** The members of both SDKs' errors that are read, so that their classes need not be loaded. */
interface ApiError extends Error {
  readonly status?: number;
  /** The parsed details of the body, which only one of the SDKs returns. */
  readonly errorDetails?: unknown;
}

/**
 * Converts what an SDK threw to a DualModeError, with the headers of a refusal, which tell when to
 * retry.
 */
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

/** Converts a refusal that no package has read. */
export async function refusedBy(response: Response): Promise<DualModeError> {
  const known = {
    who: "Gemini's API refused",
    status: response.status,
    ...headerFacts(response.headers),
  };
  return refusalError(await response.text(), { ...refusals, ...known });
}

/**
 * Converts a refusal. One SDK has the vendor's message in its own, the other the whole body as
 * JSON.
 */
function fromApi(
  cause: ApiError,
  status: number,
  headers: Headers | undefined,
): Promise<DualModeError> {
  const message = cause.message.slice(afterPreamble(cause.message));
  const body = { message, details: cause.errorDetails };
  const known = {
    who: "Gemini's API refused",
    status,
    cause,
    ...(headers && headerFacts(headers)),
  };
  return refusalError(body, { ...refusals, ...known });
}

/**
 * Returns where the vendor's message begins, after `[GoogleGenerativeAI Error]: Error fetching from
 * https://…: [400 Bad Request] `.
 */
function afterPreamble(message: string): number {
  if (!message.startsWith("[GoogleGenerativeAI Error]")) return 0;
  const start = message.indexOf(": [", 30);
  const end = message.indexOf("] ", start);
  return start < 0 || end < 0 ? 0 : end + 2;
}

/** Converts an error in a stream that began normally. */
export function streamError(told: unknown): Promise<DualModeError> {
  return refusalError(told, { ...refusals, who: "Gemini's API said in mid-stream" });
}
