import type { RunContext } from "../contract/provider.ts";
import { DualModeError } from "../error.ts";
import { EventLines, type ServerSentEvent } from "./event-lines.ts";
import { networkError } from "./network-error.ts";

/**
 * Reads an event stream as the HTML standard says: UTF-8 over chunk borders, a byte order mark, LF,
 * CRLF and CR, comments, several data lines. In one thing it differs: an event that came whole but
 * for the blank line behind it counts at the end of the stream, for servers leave that out.
 * Leaving the loop cancels the body.
 *
 * @param context The mode's own: whatever comes, a comment too, is a sign of life.
 * @throws {@link DualModeError} `NETWORK` where the stream breaks off, `OUTPUT_TOO_LARGE` for an
 * event of more than 16 Mi characters; an abort gives the signal's own reason.
 */
export async function* readServerSentEvents(
  body: AsyncIterable<Uint8Array> | null,
  context?: Pick<RunContext<unknown>, "alive">,
): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  const lines = new EventLines();
  try {
    for await (const chunk of body ?? []) {
      context?.alive();
      yield* lines.add(decoder.decode(chunk, { stream: true }));
    }
  } catch (error) {
    if (DualModeError.is(error)) throw error;
    throw networkError(error) ?? error;
  }
  yield* lines.add(decoder.decode());
  yield* lines.end();
}
