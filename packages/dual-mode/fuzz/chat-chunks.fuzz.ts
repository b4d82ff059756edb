import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { answerOf, type FoldedAnswer, inPieces } from "../../../scripts/fuzz/answer-of-parts.ts";
import { foreignValues, withFault } from "../../../scripts/fuzz/foreign-values.ts";
import { readServerSentEvents } from "../src/http/server-sent-events.ts";
import { toChatParts } from "../src/kit/chat-parts.ts";
import { chatServer } from "../src/kit/chat-server.ts";

const ask = (body: string, sizes: readonly number[] = [64]) =>
  answerOf(toChatParts(readServerSentEvents(inPieces(body, sizes)), chatServer));

const event = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`;
const chunk = (delta: unknown, finish_reason: unknown = null) => ({
  id: "1",
  model: "m",
  choices: [{ index: 0, delta, finish_reason }],
});

const names = (
  "id model choices delta message content text type thinking reasoning reasoning_content refusal " +
  "reasoning_details tool_calls function_call function name arguments index finish_reason usage x_groq " +
  "prompt_tokens completion_tokens prompt_tokens_details cached_tokens error code status object"
).split(" ");
const words = ["stop", "length", "tool_calls", "text", "thinking", "error", '{"a":1}', '{"a'];
const values = foreignValues(names, words);

const whole = [
  chunk({ role: "assistant", content: "Hi " }),
  chunk({ content: [{ type: "text", text: "there" }], reasoning: "Hm" }),
  chunk({ tool_calls: [{ index: 0, id: "a", function: { name: "f", arguments: '{"x":' } }] }),
  chunk({ tool_calls: [{ index: 0, function: { arguments: "1}" } }] }),
  chunk({}, "tool_calls"),
  { model: "m", choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } },
];

const call = fc.record({
  name: fc.constantFrom("look_up", "write"),
  input: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
  cuts: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
});

/** How servers tell whose a piece is. */
const styles = {
  "by index": (index: number, id: string, first: boolean) => ({ index, ...(first && { id }) }),
  "by id": (_: number, id: string) => ({ id }),
  "by both": (index: number, id: string) => ({ index, id }),
  "under one index": (_: number, id: string, first: boolean) => ({
    index: 0,
    ...(first && { id }),
  }),
  "in their order": (_: number, id: string, first: boolean) => (first ? { id } : {}),
  "with empty ids": (index: number, id: string, first: boolean) => ({ index, id: first ? id : "" }),
} as const;

export default {
  "any chunks are an answer or a coded error": fc.asyncProperty(
    fc.array(values, { maxLength: 5 }),
    async (chunks) => {
      await ask([...chunks.map(event), event(chunk({}, "stop"))].join(""));
    },
  ),
  "any choices are an answer or a coded error": fc.asyncProperty(
    fc.array(values, { maxLength: 4 }),
    values,
    async (deltas, reason) => {
      await ask([...deltas.map((delta) => event(chunk(delta))), event(chunk({}, reason))].join(""));
    },
  ),
  "an answer with a fault in it is an answer or a coded error": fc.asyncProperty(
    fc.nat(70),
    values,
    async (place, other) => {
      const chunks = withFault(whole, place, other);
      await ask((Array.isArray(chunks) ? chunks : [chunks]).map(event).join(""));
    },
  ),
  "any data is an answer or a coded error": fc.asyncProperty(
    fc.array(fc.string()),
    async (lines) => {
      await ask(lines.map((line) => `data: ${line}\n\n`).join(""));
    },
  ),
  "what was said is read, keep-alives between it or not": fc.asyncProperty(
    fc.array(fc.string({ unit: "grapheme" })),
    fc.constantFrom(
      "",
      ": hi\n\n",
      "data: : keepalive\n\n",
      "data:\n\n",
      "event: ping\ndata: {}\n\n",
    ),
    fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
    async (texts, between, sizes) => {
      const events = [...texts.map((content) => chunk({ content })), chunk({}, "stop")];
      const answer = await ask(events.map((each) => between + event(each)).join(""), sizes);
      deepEqual((answer as FoldedAnswer).text, texts.join(""));
    },
  ),
  "calls are read, however a server tells whose a piece is": fc.asyncProperty(
    fc.array(call, { minLength: 1, maxLength: 4 }),
    fc.constantFrom(...Object.values(styles)),
    async (calls, style) => {
      const pieces = calls.flatMap(({ name, input, cuts }, index) =>
        cut(JSON.stringify(input), cuts).map((json, turn) => {
          const called = { ...(turn === 0 && { name }), arguments: json };
          return chunk({
            tool_calls: [{ ...style(index, `id-${index}`, turn === 0), function: called }],
          });
        }),
      );
      const answer = await ask([...pieces, chunk({}, "stop")].map(event).join(""));
      const expected = calls.map(({ name, input }, index) => ({ id: `id-${index}`, name, input }));
      deepEqual(JSON.stringify((answer as FoldedAnswer).calls), JSON.stringify(expected));
    },
  ),
};

function cut(text: string, sizes: readonly number[]): string[] {
  const pieces: string[] = [];
  for (let start = 0, turn = 0; start < text.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(text.slice(start, start + size));
    start += size;
  }
  return pieces;
}
