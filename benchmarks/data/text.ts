const words =
  "a decorator is function that wraps class or one of its members and returns what stands in place".split(
    " ",
  );
/** Two, three and four bytes of UTF-8 among the one-byte ones. */
const signs = ["déjà", "größer", "мир", "東京", "한국어", "🙂", "नमस्ते", "plain", "text"];

/** Prose of about this many bytes, another one for every seed. */
export function asciiText(bytes: number, seed = 0): string {
  return textOf(words, bytes, seed);
}

/** The same in many scripts. */
export function unicodeText(bytes: number, seed = 0): string {
  return textOf(signs, bytes, seed);
}

function textOf(parts: readonly string[], bytes: number, seed: number): string {
  const pieces: string[] = [];
  let state = seed * 2654435761 + 1;
  for (let length = 0; length < bytes; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const piece = parts[state % parts.length] as string;
    pieces.push(piece);
    length += Buffer.byteLength(piece) + 1;
  }
  // One flat string, as a request or an answer from the network is.
  return Buffer.from(pieces.join(" ")).toString();
}
