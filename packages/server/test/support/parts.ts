import type { Part } from "@acc/dual-mode";
import type { WireEvents } from "../../src/wires/wire.ts";

export const made = { id: "1-2", created: 1_700_000_000 };

/** The body that these parts give, between a start and an end. */
export function written(events: WireEvents, ...parts: readonly Part[]): string {
  const whole: readonly Part[] = [{ type: "start", model: "real-1" }, ...parts];
  return whole.map((part) => events.part(part)).join("") + events.end();
}

export const text = (words: string): Part => ({ type: "text", text: words });
export const stop: Part = { type: "finish", reason: "stop" };
export const called: Part = { type: "finish", reason: "tool-calls" };
export const usage: Part = {
  type: "usage",
  usage: { inputTokens: 7, outputTokens: 3, cacheReadTokens: 5, reasoningTokens: 1 },
};
export const call = (id: string, input: unknown = { a: 1 }): Part => ({
  type: "tool-call",
  id,
  name: "look",
  input,
});
export const piece = (id: string, words: string): Part => ({
  type: "tool-input",
  id,
  name: "look",
  text: words,
});
