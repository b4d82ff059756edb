import type { Refusals } from "../failures/refusal-context.ts";
import { defaultOutputBytes } from "../text/default-output-bytes.ts";
import { boundBody } from "./bound-body.ts";
import { request } from "./request.ts";
import { responseError } from "./response-error.ts";

/** Options of a request. */
export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the request, even while the body of the answer is read. */
  readonly signal: AbortSignal;
  /**
   * Refusals that differ from the usual ones.
   *
   * @default the usual ones
   */
  readonly refusals?: Refusals;
  /**
   * Set if `readServerSentEvents` reads the answer under the same signal, and limits it by itself.
   */
  readonly asEvents?: boolean;
}

/** Options for reading an answer. */
interface Reading {
  readonly refusals?: Refusals | undefined;
  readonly maxBytes?: number;
  readonly asEvents?: boolean | undefined;
}

/**
 * Returns the answer if its status is 2xx, with a body limited to `maxBytes`; no redirect is
 * followed.
 */
export async function send(
  url: string | URL,
  init: RequestInit & { signal: AbortSignal },
  { refusals, maxBytes = defaultOutputBytes, asEvents = false }: Reading = {},
): Promise<Response> {
  const response = await request(url, init);
  if (!response.ok) throw await responseError(response, init.signal, refusals);
  if (asEvents) return response;
  const { status, headers, body } = response;
  const bounds = { signal: init.signal, count: { read: 0, most: maxBytes } };
  return new Response(body && boundBody(body, bounds), { status, headers });
}
