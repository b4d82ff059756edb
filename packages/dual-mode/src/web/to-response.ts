import type { RunPart } from "../tools-loop/contract.ts";
import type { ResponseOptions } from "./response-options.ts";

/**
 * Returns a web `Response` that passes a stream on, for a handler of Next.js, Hono, Bun and the
 * like. It waits for the first part: a failure before it becomes a response with a status of its
 * own and the JSON `{ error: { code, message, retryable } }`. A failure after it becomes the event
 * `error`, with the same JSON as its data, or, if only the text is sent, a body that breaks off. A
 * client that disconnects ends the call.
 *
 * The text of errors, the sources of credentials and warnings are not sent. Results of tools are:
 * remove them from the stream if the client must not see them.
 */
export async function toResponse(
  parts: AsyncIterable<RunPart>,
  options: ResponseOptions = {},
): Promise<Response> {
  const { respond } = await import("./respond.ts");
  return respond(parts, options);
}
