import { type Part, readAnswer, readServerSentEvents } from "@acc/dual-mode/provider";
import { collected, inShort } from "../../../test/played/answer-in-short.ts";
import { MessageEvents } from "../src/sdk/parts.ts";

export type Event = Readonly<Record<string, unknown>> & { readonly type: string };

const named = (event: Event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
export const start = (usage: unknown = { input_tokens: 11, output_tokens: 1 }): Event => ({
  type: "message_start",
  message: { id: "msg_1", model: "claude-x", content: [], usage },
});
export const open = (index: unknown, content_block: unknown): Event => ({
  type: "content_block_start",
  index,
  content_block,
});
export const delta = (index: unknown, of: unknown): Event => ({
  type: "content_block_delta",
  index,
  delta: of,
});
export const shut = (index: unknown): Event => ({ type: "content_block_stop", index });
export const ends = (stop_reason: unknown, usage: unknown = { output_tokens: 7 }): Event => ({
  type: "message_delta",
  delta: { stop_reason, stop_sequence: null },
  usage,
});
export const stop: Event = { type: "message_stop" };
export const says = (text: unknown, index: unknown = 0) =>
  delta(index, { type: "text_delta", text });
export const input = (partial_json: unknown, index: unknown = 0) =>
  delta(index, { type: "input_json_delta", partial_json });
export const text = [open(0, { type: "text", text: "" }), says("Hi"), shut(0)];
export const tool = (index: unknown, id: unknown, given: unknown = {}) =>
  open(index, { type: "tool_use", id, name: "look_up", input: given });

export async function partsOf(...pieces: readonly (Event | string)[]): Promise<Part[]> {
  const sent = pieces.map((each) => (typeof each === "string" ? each : named(each)));
  const events = readServerSentEvents(new Response(sent.join("")).body);
  return collected(readAnswer(events, new MessageEvents("claude-x")));
}

export async function answerOf(...pieces: readonly (Event | string)[]) {
  return inShort(await partsOf(...pieces));
}
