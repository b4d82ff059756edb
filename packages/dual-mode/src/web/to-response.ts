import type { RunPart } from "../tools-loop/contract.ts";
import type { ResponseOptions } from "./response-options.ts";

/**
 * A response of the web that gives a stream on, for a handler of Next.js, Hono, Bun and the like. It
 * waits for the first part: a failure before it is a response with a status of its own and the JSON
 * `{ error: { code, message, retryable } }`. A failure after it is the event `error`, with the same
 * JSON as its data, or, where the text alone is sent, a body that breaks off. Who leaves ends the call.
 *
 * No text of an error, no credential's source and no warning is sent. What a tool gave is: leave it out
 * of the stream where its reader may not see it.
 */
export async function toResponse(
  parts: AsyncIterable<RunPart>,
  options: ResponseOptions = {},
): Promise<Response> {
  const { respond } = await import("./respond.ts");
  return respond(parts, options);
}
