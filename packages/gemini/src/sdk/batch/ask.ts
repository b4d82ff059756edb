import { createFetch, type RunContext } from "@acc/dual-mode/provider";
import { refusedBy } from "../error.ts";
import { toRoute } from "../route.ts";

const vendorUrl = "https://generativelanguage.googleapis.com";

/** The options of a request about batches or their files. */
export interface Asked {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON as text, or a file. */
  readonly body?: string | Blob;
  /** Largest answer, in bytes. @default 64 MiB */
  readonly maxBytes?: number;
}

/** Returns the address of the API. */
export function addressOf({ baseUrl }: RunContext<object>): string {
  return baseUrl ?? vendorUrl;
}

/**
 * Sends a request to the caller's address, over HTTP for both of Google's packages, because one has
 * no batches.
 */
export async function ask(
  context: RunContext<object>,
  path: string,
  { method = "GET", headers = {}, body, maxBytes }: Asked = {},
): Promise<Response> {
  const { apiKey, signal } = toRoute(context, context.signal);
  const send = createFetch(context, {
    headers: {
      accept: "application/json",
      "x-goog-api-key": apiKey,
      ...(typeof body === "string" && { "content-type": "application/json" }),
      ...headers,
    },
    ...(maxBytes !== undefined && { maxBytes }),
  });
  try {
    const response = await send(`${addressOf(context)}${path}`, {
      method,
      ...(body !== undefined && { body }),
    });
    if (response.ok) return response;
    throw await refusedBy(response);
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown;
  }
}
