import type { RunContext } from "../contract/mode-context.ts";
import type { Part } from "../contract/part.ts";
import { readServerSentEvents } from "../http/server-sent-events.ts";
import type { ChatVendor } from "./chat-parts.ts";
import { readChatCompletions } from "./read-chat-completions.ts";

/** A request that a vendor's package makes, which hands on the answer as it came. */
export interface SdkRequest {
  asResponse(): Promise<Pick<Response, "body" | "headers">>;
}

/** The parts of a streamed chat completion that a vendor's package asks for; ours reads the answer. */
export async function askChatBySdk(
  asked: SdkRequest,
  vendor: ChatVendor,
  context: RunContext<object>,
): Promise<AsyncIterable<Part>> {
  const { body, headers } = await asked.asResponse();
  return readChatCompletions(readServerSentEvents(body, context), vendor, headers);
}
