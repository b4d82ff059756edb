import { createFetch } from "@acc/dual-mode/provider";
import { toError } from "./error.ts";
import type { Route } from "./route.ts";

type Body = ReadableStream<Uint8Array> | null;

/** A `fetch` that keeps the body of the answer. */
export interface KeptBody {
  readonly fetch: typeof globalThis.fetch;
  /**
   * Returns the unread body of the answer to the package's call. Throws what the `fetch` threw,
   * unchanged, and a refusal with what its headers tell, which the packages leave out of their
   * errors.
   */
  readonly answered: (call: Promise<unknown>) => Promise<Body>;
}

/**
 * Makes a `fetch` for one of Google's packages. The package receives an answer without a body,
 * because its own reader does not validate chunks and loses some: the body is read here. A refusal
 * is passed on complete.
 */
export function keepBody({ apiKey, signal, alive }: Route): KeptBody {
  const headers = {
    accept: "text/event-stream",
    "content-type": "application/json",
    "x-goog-api-key": apiKey,
  };
  const send = createFetch({ signal, alive }, { headers, asEvents: true });
  let body: Body = null;
  let refused: Headers | undefined;
  let fault: unknown;
  return {
    async fetch(input, init) {
      const response = await send(input, init).catch((error: unknown) => {
        fault = error;
        throw error;
      });
      if (!response.ok) {
        refused = response.headers;
        return response;
      }
      body = response.body;
      return new Response("", { status: 200, headers: response.headers });
    },
    async answered(call) {
      await call.catch(async (error: unknown) => {
        throw fault ?? (await toError(error, refused));
      });
      return body;
    },
  };
}
