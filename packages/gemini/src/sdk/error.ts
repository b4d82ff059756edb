import { DualModeError, networkError } from "@acc/dual-mode/provider";
import { codeOf, fixFor } from "../failure.ts";

/** The members of the SDK's errors that are read; its classes are not loaded here. */
interface FetchError extends Error {
  readonly status?: number;
  readonly errorDetails?: readonly { readonly retryDelay?: unknown }[];
}

/** What the SDK threw, as an error of ours. */
export function toError(thrown: unknown): unknown {
  if (DualModeError.is(thrown) || !(thrown instanceof Error)) return thrown;
  const error: FetchError = thrown;
  if (error.status !== undefined) return fromApi(error, error.status);
  if (/parsing JSON response|Failed to parse stream/.test(error.message)) {
    const message = "Gemini's API sent a stream that cannot be read.";
    return new DualModeError("INVALID_OUTPUT", message, { cause: error });
  }
  if (/Error fetching from|Error reading from the stream/.test(error.message)) {
    return new DualModeError("NETWORK", "Gemini's API was not reached, or the connection broke.", {
      cause: error,
    });
  }
  return networkError(error) ?? error;
}

function fromApi(error: FetchError, status: number): DualModeError {
  const said = error.message.replace(/^.*?: \[\d+[^\]]*\] /s, "");
  const code = codeOf(status, error.message);
  const wait = retryDelay(error);
  return new DualModeError(code, `Gemini's API refused (${status}): ${said}`, {
    ...fixFor(code),
    status,
    ...(wait !== undefined && { retryAfter: wait }),
    cause: error,
  });
}

/** The SDK drops the headers; Google says the wait in the body too: `"retryDelay": "34.5s"`. */
function retryDelay(error: FetchError): number | undefined {
  const delay = error.errorDetails?.find((detail) => typeof detail.retryDelay === "string");
  const seconds = Number.parseFloat(String(delay?.retryDelay));
  return Number.isFinite(seconds) ? Math.ceil(seconds * 1000) : undefined;
}
