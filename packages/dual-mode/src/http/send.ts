import type { Refusals } from "../failures/refusal-context.ts";
import { defaultOutputBytes } from "../text/default-output-bytes.ts";
import { boundBody } from "./bound-body.ts";
import { request } from "./request.ts";
import { responseError } from "./response-error.ts";

/** What goes along with a request. */
export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Reaches the socket, also while the body of the answer is read. */
  readonly signal: AbortSignal;
  /** What refusals mean. @default what they mean everywhere */
  readonly refusals?: Refusals;
  /** `readServerSentEvents` reads the answer, under the same signal, and bounds it by itself. */
  readonly asEvents?: boolean;
}

/** How an answer is read. */
interface Reading {
  readonly refusals?: Refusals | undefined;
  readonly maxBytes?: number;
  readonly asEvents?: boolean | undefined;
}

/** The answer if its status is 2xx, its body bound to a number of bytes; no redirect is followed. */
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
