import type { RunPart } from "../tools-loop/contract.ts";
import { publicError, statusOf, waitOf } from "./public-error.ts";
import type { ResponseOptions } from "./response-options.ts";
import { eventOf, keepAlive } from "./sse-events.ts";
import { streamBody } from "./stream-body.ts";

/** A proxy that buffers or compresses the response would hold back the pieces of an answer. */
const flowing = { "cache-control": "no-store, no-transform", "x-accel-buffering": "no" };
const formats = {
  sse: {
    headers: { ...flowing, "content-type": "text/event-stream" },
    write: eventOf,
    fail: (error: unknown) => `event: error\ndata: ${JSON.stringify(publicError(error))}\n\n`,
    keepAlive,
  },
  text: {
    headers: {
      ...flowing,
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
    },
    write: (part: RunPart) => (part.type === "text" ? part.text : ""),
    fail: () => undefined,
    keepAlive: "",
  },
} as const;

/** Implements `toResponse`. */
export async function respond(
  parts: AsyncIterable<RunPart>,
  { format = "sse", signal, headers = {}, onError = () => {} }: ResponseOptions,
): Promise<Response> {
  const reader = parts[Symbol.asyncIterator]();
  const leave = () => void reader.return?.()?.catch(() => {});
  signal?.addEventListener("abort", leave, { once: true });
  if (signal?.aborted) leave();
  const ended = () => signal?.removeEventListener("abort", leave);
  const form = formats[format];
  try {
    const first = await reader.next();
    const body = streamBody({ reader, first, form, onError, ended });
    return new Response(body, { headers: withHeaders(form.headers, headers) });
  } catch (error) {
    ended();
    onError(error);
    return refusal(error, headers);
  }
}

function refusal(error: unknown, headers: Readonly<Record<string, string>>): Response {
  const wait = waitOf(error);
  const retry = wait === undefined ? {} : { "retry-after": String(Math.ceil(wait / 1_000)) };
  const status = statusOf(error);
  const all = withHeaders({ "cache-control": "no-store", ...retry }, headers);
  // A content type in the caller's headers is that of the answer, not of the error.
  all.set("content-type", "application/json");
  return Response.json(publicError(error), { status, headers: all });
}

/** Merges the caller's headers over our own, whatever the case of their names. */
function withHeaders(
  own: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): Headers {
  const all = new Headers(own);
  for (const [name, value] of Object.entries(given)) all.set(name, value);
  return all;
}
