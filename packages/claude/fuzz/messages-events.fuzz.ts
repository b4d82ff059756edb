import { deepEqual } from "node:assert/strict";
import { readAnswer, readServerSentEvents } from "@acc/dual-mode/provider";
import fc from "fast-check";
import { answerOf, type FoldedAnswer, inPieces } from "../../../scripts/fuzz/answer-of-parts.ts";
import { foreignValues, withFault } from "../../../scripts/fuzz/foreign-values.ts";
import { MessageEvents } from "../src/sdk/parts.ts";

const ask = (body: string) =>
  answerOf(readAnswer(readServerSentEvents(inPieces(body, [64])), new MessageEvents("claude-x")));

const named = (event: unknown) => {
  const type: unknown = Object(event).type;
  return `event: ${typeof type === "string" ? type : ""}\n${nameless(event)}`;
};
const nameless = (event: unknown) => `data: ${JSON.stringify(event)}\n\n`;

const start = {
  type: "message_start",
  message: { id: "m", model: "claude-x", content: [], usage: { input_tokens: 3 } },
};
const block = (index: number, content_block: object, ...deltas: readonly object[]) => [
  { type: "content_block_start", index, content_block },
  ...deltas.map((delta) => ({ type: "content_block_delta", index, delta })),
  { type: "content_block_stop", index },
];
const ends = (stop_reason: unknown) => [
  { type: "message_delta", delta: { stop_reason }, usage: { output_tokens: 2 } },
  { type: "message_stop" },
];
const whole = [
  start,
  ...block(0, { type: "thinking", thinking: "" }, { type: "thinking_delta", thinking: "Hm" }),
  ...block(1, { type: "text", text: "" }, { type: "text_delta", text: "Hi" }),
  ...block(
    2,
    { type: "tool_use", id: "a", name: "f", input: {} },
    { type: "input_json_delta", partial_json: '{"x":1}' },
  ),
  ...ends("tool_use"),
];

const names = (
  "type message index content_block delta usage id model content name input text thinking signature " +
  "partial_json data stop_reason input_tokens output_tokens output_tokens_details error"
).split(" ");
const words = [
  ...["message_start", "content_block_start", "content_block_delta", "content_block_stop"],
  ...["message_delta", "message_stop", "message", "error", "ping", "text", "tool_use", "thinking"],
  ...["text_delta", "input_json_delta", "thinking_delta", "signature_delta", "max_tokens", '{"a'],
];
const values = foreignValues(names, words);

export default {
  "any events are an answer or a coded error": fc.asyncProperty(
    fc.array(values, { maxLength: 6 }),
    async (events) => {
      await ask([start, ...events, ...ends("end_turn")].map(nameless).join(""));
    },
  ),
  "any deltas are an answer or a coded error": fc.asyncProperty(
    fc.array(values, { maxLength: 4 }),
    values,
    values,
    async (deltas, begun, reason) => {
      const events = block(0, begun as object, ...(deltas as object[]));
      await ask([start, ...events, ...ends(reason)].map(named).join(""));
    },
  ),
  "an answer with a fault in it is an answer or a coded error": fc.asyncProperty(
    fc.nat(90),
    values,
    async (place, other) => {
      const events = withFault(whole, place, other);
      await ask((Array.isArray(events) ? events : [events]).map(named).join(""));
    },
  ),
  "a part of an answer is an answer or a coded error": fc.asyncProperty(
    fc.subarray(whole),
    async (events) => {
      await ask(events.map(named).join(""));
    },
  ),
  "what was said is read, with names or without": fc.asyncProperty(
    fc.array(fc.string({ unit: "grapheme" })),
    fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })),
    fc.constantFrom(named, nameless),
    fc.integer({ min: 1, max: 6 }),
    async (texts, inputs, write, size) => {
      const deltas = texts.map((text) => ({ type: "text_delta", text }));
      const calls = inputs.flatMap((input, index) =>
        block(
          index + 1,
          { type: "tool_use", id: `id-${index}`, name: "f", input: {} },
          ...cut(JSON.stringify(input), size).map((partial_json) => ({
            type: "input_json_delta",
            partial_json,
          })),
        ),
      );
      const said = block(0, { type: "text", text: "" }, ...deltas);
      const answer = await ask([start, ...said, ...calls, ...ends("end_turn")].map(write).join(""));
      const { text, calls: read } = answer as FoldedAnswer;
      const expected = inputs.map((input, index) => ({ id: `id-${index}`, name: "f", input }));
      deepEqual([text, JSON.stringify(read)], [texts.join(""), JSON.stringify(expected)]);
    },
  ),
};

function cut(text: string, size: number): string[] {
  return text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
}
