import type { RunContext } from "../contract/mode-context.ts";
import type { Part } from "../contract/part.ts";
import { readServerSentEvents } from "../http/server-sent-events.ts";
import type { ChatVendor } from "./chat-parts.ts";
import { readChatCompletions } from "./read-chat-completions.ts";

/** A request of a vendor's package that can return the response unread. */
export interface SdkRequest {
  asResponse(): Promise<Pick<Response, "body" | "headers">>;
}

/**
 * Returns the parts of a streamed chat completion. The vendor's package sends the request; this
 * package reads the response.
 */
export async function askChatBySdk(
  asked: SdkRequest,
  vendor: ChatVendor,
  context: RunContext<object>,
): Promise<AsyncIterable<Part>> {
  const { body, headers } = await asked.asResponse();
  return readChatCompletions(readServerSentEvents(body, context), vendor, headers);
}
