import type { Part } from "../contract/part.ts";
import { askAnswer } from "../foreign/ask-answer.ts";
import type { AtHandIterator } from "../foreign/at-hand.ts";
import type { ServerSentEvent } from "../http/event-lines.ts";
import type { ChatVendor, toChatParts } from "./chat-parts.ts";

/** The loaded module, because importing it again would cost each call some 30 µs. */
let read: typeof toChatParts | undefined;

/**
 * Returns the parts of one streamed chat completion, for a mode that sends the request with its
 * vendor's own package and reads the answer's events itself: `readServerSentEvents((await
 * create(…).asResponse()).body, context)`.
 *
 * @param headers The headers of the answer: the key's limits in them become a part.
 * @throws {@link DualModeError} `INVALID_OUTPUT` for an answer that cannot be read, `NETWORK` for
 * one that was cut off, and the error of `vendor.failure` for one that reports an error.
 */
export function readChatCompletions(
  events: AsyncIterable<ServerSentEvent>,
  vendor: ChatVendor,
  headers?: Headers,
): AtHandIterator<Part> {
  return askAnswer({
    async ask() {
      read ??= (await import("../first-call.ts")).toChatParts;
      return read(events, vendor, headers);
    },
  });
}
