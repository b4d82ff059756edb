import type { Part } from "../contract/part.ts";
import { askAnswer } from "../foreign/ask-answer.ts";
import type { AtHandIterator } from "../foreign/at-hand.ts";
import type { ServerSentEvent } from "../http/event-lines.ts";
import type { ChatVendor, toChatParts } from "./chat-parts.ts";

/** Once it is loaded: to import it again would take each call some 30 µs. */
let read: typeof toChatParts | undefined;

/**
 * The parts of one streamed chat completion, for a mode that asks by its vendor's own package and
 * reads the answer's events itself: `readServerSentEvents((await create(…).asResponse()).body, context)`.
 *
 * @param headers Of the answer: what they say of the key's limits becomes a part.
 * @throws {@link DualModeError} `INVALID_OUTPUT` for what cannot be read, `NETWORK` for an answer that
 * was cut off, and what `vendor.failure` makes of an error that is told.
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
