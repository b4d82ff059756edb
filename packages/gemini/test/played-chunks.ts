import { type Part, readAnswer, readServerSentEvents } from "@acc/dual-mode/provider";
import { ChunkEvents } from "../src/sdk/parts.ts";

export const event = (data: unknown) => `data: ${JSON.stringify(data)}\r\n\r\n`;
export const sent = (candidate: unknown, rest: object = {}) =>
  event({ candidates: [candidate], modelVersion: "gemini-x", responseId: "r1", ...rest });
export const says = (text: unknown, rest: object = {}) =>
  sent({ content: { role: "model", parts: [{ text }] }, ...rest });
export const ends = (finishReason: unknown, rest: object = {}) => sent({ finishReason }, rest);
export const calls = (...parts: readonly unknown[]) => sent({ content: { parts } });

export const stop = ends("STOP");

export async function partsOf(...pieces: readonly string[]): Promise<Part[]> {
  const events = readServerSentEvents(new Response(pieces.join("")).body);
  const parts: Part[] = [];
  for await (const part of readAnswer(events, new ChunkEvents())) parts.push(part);
  return parts;
}

export async function answerOf(...pieces: readonly string[]) {
  const parts = await partsOf(...pieces);
  const of = <Type extends Part["type"]>(type: Type) =>
    parts.filter((part): part is Extract<Part, { type: Type }> => part.type === type);
  return {
    text: of("text")
      .map((part) => part.text)
      .join(""),
    reasoning: of("reasoning")
      .map((part) => part.text)
      .join(""),
    calls: of("tool-call").map(({ id, name, input }) => [id, name, input]),
    usage: of("usage")[0]?.usage,
    reason: of("finish")[0]?.reason,
    model: of("start")[0]?.model,
  };
}
