import { type Part, readAnswer, readServerSentEvents } from "@acc/dual-mode/provider";
import { collected, inShort } from "../../../test/played/answer-in-short.ts";
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
  return collected(readAnswer(events, new ChunkEvents()));
}

export async function answerOf(...pieces: readonly string[]) {
  return inShort(await partsOf(...pieces));
}
