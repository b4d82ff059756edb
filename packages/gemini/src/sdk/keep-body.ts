import { createFetch } from "@acc/dual-mode/provider";
import { toError } from "./error.ts";
import type { Route } from "./route.ts";

type Body = ReadableStream<Uint8Array> | null;

/** The kit's `fetch`, which keeps what is answered. */
export interface KeptBody {
  readonly fetch: typeof globalThis.fetch;
  /**
   * What was answered to a call of the package, unread. Throws what the `fetch` threw, as it was, and
   * a refusal with what its headers say, which the packages leave out of their errors.
   */
  readonly answered: (call: Promise<unknown>) => Promise<Body>;
}

/**
 * A `fetch` for one of Google's packages. The package is given an answer without a body, for its own
 * reader checks no chunk and loses some: ours reads what came. A refusal it is given whole.
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
