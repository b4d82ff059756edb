import type { RunContext } from "../contract/mode-context.ts";
import { defaultOutputBytes } from "../text/default-output-bytes.ts";
import { readForeignBody } from "../text/foreign-body.ts";
import { isDeepJson } from "../text/nesting.ts";
import { boundBody } from "./bound-body.ts";
import { tooLarge } from "./bound-reader.ts";
import { eitherSignal } from "./either-signal.ts";
import { request } from "./request.ts";
import { responseError } from "./response-error.ts";

/** Options for the requests of a mode's SDK. */
export interface FetchOptions {
  /**
   * All headers that are sent: those that the SDK adds by itself or from the environment are left
   * out.
   */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The most bytes of all its answers together, after decompression.
   *
   * @default 64 MiB
   */
  readonly maxBytes?: number;
  /**
   * Set if `readServerSentEvents` reads the answer in the same context and limits it by itself:
   * wrapping the body here as well would take longer than reading a short answer.
   */
  readonly asEvents?: boolean;
}

/** A list of models comes in pages, and each page leads to the next. */
const mostRequests = 100;

/**
 * Returns the `fetch` for a mode that uses an SDK, to be given to that SDK. It follows no redirect,
 * because the headers carry a key and the body a prompt. It sends only the given headers. It counts
 * the bytes of the answer, and of an error it reads only the first 64 KiB, without known secrets.
 * The call's abort ends the request and the reading of its answer.
 *
 * It throws a {@link DualModeError}, which `networkError` finds again in the SDK's own error:
 * `OUTPUT_TOO_LARGE`, `INVALID_OUTPUT`, `NETWORK`, `TIMEOUT`, or the error of a redirect.
 */
export function createFetch(
  { signal, alive }: Pick<RunContext<object>, "signal" | "alive">,
  { headers, maxBytes = defaultOutputBytes, asEvents = false }: FetchOptions,
): typeof fetch {
  const count = { read: 0, most: maxBytes };
  let requests = 0;
  return async (input, init = {}) => {
    if (++requests > mostRequests) throw tooLarge(`${mostRequests} pages`);
    const { method = "GET", body = null } = init;
    const ends = init.signal ? eitherSignal(signal, init.signal) : { signal, release: () => {} };
    const url = input instanceof Request ? input.url : input;
    let kept: ReadableStream | undefined;
    try {
      const response = await request(url, { method, headers, body, signal: ends.signal });
      const { status } = response;
      if (status < 200 || status > 599 || (status >= 300 && status < 400)) {
        throw await responseError(response, ends.signal);
      }
      if (!response.ok) return await refusal(response);
      if (asEvents) return response;
      const bounds = { signal: ends.signal, count, alive, onEnd: ends.release };
      kept = response.body ? boundBody(response.body, bounds) : undefined;
      return new Response(kept, { status, headers: response.headers });
    } finally {
      if (!kept) ends.release();
    }
  };
}

/**
 * Returns the beginning of a refusal's body. A body that is called JSON but is not would look like
 * a fault of the SDK. JSON that is nested very deep is left out: SDKs write it into an error's
 * message and overflow the stack.
 */
async function refusal({ status, headers, body }: Response): Promise<Response> {
  const text = await readForeignBody(body);
  const kept = new Headers(headers);
  if (!isJson(text)) kept.set("content-type", "text/plain");
  return new Response(isDeepJson(text) ? "" : text, { status, headers: kept });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
