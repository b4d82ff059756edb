import { DualModeError, type Part } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import { toFinishReason } from "../finish-reason.ts";
import { MessageReader } from "../message-reader.ts";
import { toUsage } from "../usage.ts";

/** The events of one message as parts. Ends with an error where the message did not end. */
export async function* toParts(
  events: AsyncIterable<Anthropic.RawMessageStreamEvent>,
): AsyncGenerator<Part> {
  const message = new MessageReader();
  for await (const event of events) yield* message.read(event);
  if (!message.started) throw new DualModeError("INVALID_OUTPUT", "Claude's API answered nothing.");
  if (!message.ended) throw new DualModeError("NETWORK", "Claude's answer was cut in mid-stream.");
  yield { type: "usage", usage: toUsage(message.usage) };
  yield { type: "finish", reason: toFinishReason(message.stopReason) };
}
