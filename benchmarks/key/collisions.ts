import type { Encoder } from "./encoders.ts";

/** Requests that are not the same and must not have one key; to refuse one of them is right. */
const pairs: readonly (readonly [unknown, unknown])[] = [
  [{ at: new Date(0) }, { at: new Date(0).toJSON() }],
  [{ all: new Map([["a", 1]]) }, { all: {} }],
  [{ bytes: Uint8Array.of(1) }, { bytes: { "0": 1 } }],
  [{ value: Number.NaN }, { value: null }],
  [{ text: "\ud800" }, { text: "\ud801" }],
  [{ text: "\ud800" }, { text: "\ufffd" }],
  [{ value: 1n }, { value: 1 }],
];

/** For how many pairs an encoder would serve the answer to another request. */
export function collisions(encoder: Encoder): number {
  return pairs.filter(([one, other]) => {
    const key = keyOf(encoder, one);
    return key !== undefined && key === keyOf(encoder, other);
  }).length;
}

/** The encoder's name, with what speaks against it. */
export function nameWithFaults(encoder: Encoder): string {
  const count = collisions(encoder);
  return count === 0
    ? encoder.name
    : `${encoder.name} (not correct: ${count} of ${pairs.length} pairs collide)`;
}

function keyOf(encoder: Encoder, request: unknown): string | undefined {
  try {
    return encoder.key(request);
  } catch {
    return undefined;
  }
}
