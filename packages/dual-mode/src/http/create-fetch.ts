import type { RunContext } from "../contract/mode-context.ts";
import { defaultOutputBytes } from "../text/default-output-bytes.ts";
import { readForeignBody } from "../text/foreign-body.ts";
import { isDeepJson } from "../text/nesting.ts";
import { boundBody } from "./bound-body.ts";
import { tooLarge } from "./bound-reader.ts";
import { eitherSignal } from "./either-signal.ts";
import { request } from "./request.ts";
import { responseError } from "./response-error.ts";

/** What the requests of a mode's SDK are like. */
export interface FetchOptions {
  /** All headers that are sent: what the SDK adds, of the environment or its own, is left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of all its answers together, unpacked. @default 64 MiB */
  readonly maxBytes?: number;
  /**
   * `readServerSentEvents` reads the answer, under the same context, and bounds it by itself: to wrap
   * the body here too takes longer than to read a short answer.
   */
  readonly asEvents?: boolean;
}

/** A list of models comes in pages, and each names the next. */
const mostRequests = 100;

/**
 * The one way out of a mode that asks through an SDK: give it to the SDK as its `fetch`. No redirect
 * is followed, for the headers carry a key and the body a prompt; no headers go but those given; the
 * answer's bytes are counted, of an error only the first 64 KiB are read, without known secrets; and
 * the call's abort ends the request and the reading of its answer.
 *
 * What it throws is a {@link DualModeError}, which `networkError` finds again in what the SDK makes
 * of it: `OUTPUT_TOO_LARGE`, `INVALID_OUTPUT`, `NETWORK`, `TIMEOUT`, and what a redirect means.
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
 * The beginning of a refusal's body. What is called JSON and is none would be a fault of the SDK's,
 * and SDKs write its JSON into an error's message: what is nested without end overflows them.
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
