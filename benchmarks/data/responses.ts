import { memoryStore, openCache } from "@acc/cache";
import { asciiText } from "./text.ts";

/** A model's answer, as a program keeps it. */
export interface ModelResponse {
  readonly text: string;
  readonly model: string;
  readonly finishReason: string;
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number };
}

const texts = new Map<string, string>();
const VARIANTS = 64;

/** An answer of about `bytes` bytes as JSON. The texts repeat, but no two answers are one string. */
export function response(index: number, bytes: number): ModelResponse {
  const head = `${index}: `;
  const variant = `${bytes}/${index % VARIANTS}`;
  let text = texts.get(variant);
  if (text === undefined) {
    text = asciiText(Math.max(bytes - 120, 8), index % VARIANTS);
    texts.set(variant, text);
  }
  const made: ModelResponse = {
    text: head + text,
    model: "model-1-large",
    finishReason: "stop",
    usage: { inputTokens: 1000 + index, outputTokens: bytes >> 2 },
  };
  // Through JSON it is what a network brings: strings in one piece.
  return JSON.parse(JSON.stringify(made)) as ModelResponse;
}

const encoder = openCache({ store: memoryStore() });

/** The CIDs of `count` requests. */
export function cids(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => encoder.key({ request: from + index }));
}

/** The same values in an order that no prefetch foresees, and the same at every run. */
export function shuffled<T>(values: readonly T[]): T[] {
  const mixed = [...values];
  let state = 1;
  for (let index = mixed.length - 1; index > 0; index--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = state % (index + 1);
    [mixed[index], mixed[other]] = [mixed[other] as T, mixed[index] as T];
  }
  return mixed;
}
