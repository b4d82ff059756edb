import { deepEqual } from "node:assert/strict";
import { readAnswer, readServerSentEvents } from "@acc/dual-mode/provider";
import fc from "fast-check";
import { answerOf, type FoldedAnswer, inPieces } from "../../../scripts/fuzz/answer-of-parts.ts";
import { foreignValues, withFault } from "../../../scripts/fuzz/foreign-values.ts";
import { ChunkEvents } from "../src/sdk/parts.ts";

const ask = (body: string) =>
  answerOf(readAnswer(readServerSentEvents(inPieces(body, [64])), new ChunkEvents()));

const event = (data: unknown) => `data: ${JSON.stringify(data)}\r\n\r\n`;
const chunk = (parts: unknown, finishReason?: unknown) => ({
  candidates: [{ content: { role: "model", parts }, finishReason }],
  modelVersion: "gemini-x",
  responseId: "r",
  usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 2, thoughtsTokenCount: 1 },
});
const whole = [
  chunk([{ text: "Hm", thought: true }, { text: "Hi" }]),
  chunk([{ functionCall: { id: "a", name: "f", args: { x: 1 } }, thoughtSignature: "s" }]),
  chunk([], "STOP"),
];

const names = (
  "candidates content parts text thought functionCall name args id thoughtSignature finishReason " +
  "promptFeedback blockReason usageMetadata promptTokenCount candidatesTokenCount " +
  "cachedContentTokenCount modelVersion responseId error code message status details retryDelay"
).split(" ");
const words = ["STOP", "MAX_TOKENS", "MALFORMED_FUNCTION_CALL", "SAFETY", "UNAVAILABLE", "20s"];
const values = foreignValues(names, words);

export default {
  "any chunks are an answer or a coded error": fc.asyncProperty(
    fc.array(values, { maxLength: 5 }),
    async (chunks) => {
      await ask([...chunks, chunk([], "STOP")].map(event).join(""));
    },
  ),
  "any body is an answer or a coded error": fc.asyncProperty(values, async (body) => {
    await ask(JSON.stringify(body, undefined, 1));
  }),
  "any parts and reasons are an answer or a coded error": fc.asyncProperty(
    values,
    values,
    async (parts, reason) => {
      await ask([chunk(parts), chunk([parts], reason)].map(event).join(""));
    },
  ),
  "an answer with a fault in it is an answer or a coded error": fc.asyncProperty(
    fc.nat(60),
    values,
    async (place, other) => {
      const chunks = withFault(whole, place, other);
      await ask((Array.isArray(chunks) ? chunks : [chunks]).map(event).join(""));
    },
  ),
  "what was said is read, in events or in a list": fc.asyncProperty(
    fc.array(fc.string({ unit: "grapheme" })),
    fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })),
    fc.boolean(),
    async (texts, inputs, isList) => {
      const calls = inputs.map((args, index) => ({
        functionCall: { id: `id-${index}`, name: "f", args },
      }));
      const chunks = [...texts.map((text) => chunk([{ text }])), chunk(calls), chunk([], "STOP")];
      const answer = await ask(isList ? JSON.stringify(chunks) : chunks.map(event).join(""));
      const { text, calls: read } = answer as FoldedAnswer;
      const expected = inputs.map((input, index) => ({ id: `id-${index}`, name: "f", input }));
      deepEqual([text, JSON.stringify(read)], [texts.join(""), JSON.stringify(expected)]);
    },
  ),
};
