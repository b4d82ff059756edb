import { DualModeError, givenText, isMembers, networkError } from "@acc/dual-mode/provider";
import { codeOf, fixFor } from "../failure.ts";

/** The members of both SDKs' errors that are read; their classes are not loaded here. */
interface ApiError extends Error {
  readonly status?: number;
  readonly errorDetails?: readonly Detail[];
}

interface Detail {
  readonly retryDelay?: unknown;
}

/** What an SDK threw, as an error of ours. */
export function toError(thrown: unknown): unknown {
  if (DualModeError.is(thrown) || !(thrown instanceof Error)) return thrown;
  const error: ApiError = thrown;
  if (error.status !== undefined) return fromApi(error, error.status);
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

function fromApi(error: ApiError, status: number): DualModeError {
  const { said, details } = bodyOf(error);
  const code = codeOf(status, `${said} ${JSON.stringify(details)}`);
  const wait = retryDelay(details);
  return new DualModeError(code, `Gemini's API refused (${status}): ${said}`, {
    ...fixFor(code),
    status,
    ...(wait !== undefined && { retryAfter: wait }),
    cause: error,
  });
}

/** One SDK has the vendor's words in its message, the other the whole body as JSON. */
function bodyOf({ message, errorDetails = [] }: ApiError): {
  said: string;
  details: readonly Detail[];
} {
  try {
    const { error } = JSON.parse(message) as { error: { message: string; details?: Detail[] } };
    return { said: error.message, details: error.details ?? [] };
  } catch {
    return { said: message.replace(/^.*?: \[\d+[^\]]*\] /s, ""), details: errorDetails };
  }
}

/** The SDKs drop the headers; Google says the wait in the body too: `"retryDelay": "34.5s"`. */
function retryDelay(details: readonly Detail[]): number | undefined {
  const delay = details.find((detail) => typeof detail.retryDelay === "string")?.retryDelay;
  const seconds = Number.parseFloat(String(delay));
  return Number.isFinite(seconds) ? Math.ceil(seconds * 1000) : undefined;
}

/** Google's names of failures, for an error that comes without its number. */
const statuses: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  ["INVALID_ARGUMENT", 400],
  ["FAILED_PRECONDITION", 400],
  ["UNAUTHENTICATED", 401],
  ["PERMISSION_DENIED", 403],
  ["NOT_FOUND", 404],
  ["RESOURCE_EXHAUSTED", 429],
  ["UNAVAILABLE", 503],
  ["DEADLINE_EXCEEDED", 504],
]);

/** What an error means that is told in a stream that began well. */
export function streamError(told: unknown): DualModeError {
  const { code, message, status: name, details } = isMembers(told) ? told : { message: told };
  const known = typeof code === "number" && code >= 400 && code < 600 ? code : statuses.get(name);
  const status = known ?? 500;
  const body = {
    message: givenText(message) ?? "an error",
    details: Array.isArray(details) ? details.filter(isMembers) : [],
  };
  return fromApi(Object.assign(new Error(JSON.stringify({ error: body })), { status }), status);
}
