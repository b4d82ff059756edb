import type { Answer } from "../../scripts/loopback-server.ts";
import { claudeEvent, playsEvents } from "../../scripts/vendor-answers.ts";

/** A block of an answer of Claude's. */
export type Block =
  | { readonly text: string }
  | { readonly thinking: string; readonly signature: string }
  | { readonly tool: string; readonly id: string; readonly input: unknown };

/** The events of an answer that has these blocks, its texts in pieces of five letters. */
export function claudeEvents(blocks: readonly Block[], id = "msg_1"): string[] {
  const usage = { input_tokens: 11, cache_read_input_tokens: 5, output_tokens: 1 };
  const calls = blocks.some((block) => "tool" in block);
  return [
    { type: "message_start", message: { id, model: "played-claude", usage } },
    ...blocks.flatMap(blockEvents),
    {
      type: "message_delta",
      delta: { stop_reason: calls ? "tool_use" : "end_turn" },
      usage: { output_tokens: 7 },
    },
    { type: "message_stop" },
  ].map(claudeEvent);
}

export function claudePlays(...blocks: Block[]): Answer {
  return playsEvents(claudeEvents(blocks));
}

/** Plays one answer after the other; the last goes on. */
export function inTurn(...answers: Answer[]): Answer {
  let asked = 0;
  return (response, request) => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    return answer?.(response, request);
  };
}

function blockEvents(block: Block, index: number) {
  return [
    { type: "content_block_start", index, content_block: opening(block) },
    ...deltas(block).map((delta) => ({ type: "content_block_delta", index, delta })),
    { type: "content_block_stop", index },
  ];
}

function opening(block: Block): object {
  if ("text" in block) return { type: "text", text: "" };
  if ("thinking" in block) return { type: "thinking", thinking: "", signature: "" };
  return { type: "tool_use", id: block.id, name: block.tool, input: {} };
}

function deltas(block: Block): object[] {
  if ("text" in block) return pieces(block.text).map((text) => ({ type: "text_delta", text }));
  if ("thinking" in block) {
    const thoughts = pieces(block.thinking).map((thinking) => ({
      type: "thinking_delta",
      thinking,
    }));
    return [...thoughts, { type: "signature_delta", signature: block.signature }];
  }
  const json = pieces(JSON.stringify(block.input));
  return json.map((partial_json) => ({ type: "input_json_delta", partial_json }));
}

function pieces(text: string): string[] {
  return text.match(/.{1,5}/gs) ?? [];
}
