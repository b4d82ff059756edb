import type Anthropic from "@anthropic-ai/sdk";

type Event = Anthropic.RawMessageStreamEvent;

/**
 * With a schema the CLI has the model answer by calling a tool, whose input is the answer: here it
 * is the text. What the model says besides is left out.
 */
export function structuredEvent(event: Event): Event | undefined {
  if (event.type === "content_block_start") return undefined;
  if (event.type !== "content_block_delta") return event;
  const { delta } = event;
  if (delta.type === "text_delta") return undefined;
  if (delta.type !== "input_json_delta") return event;
  return { ...event, delta: { type: "text_delta", text: delta.partial_json } };
}
