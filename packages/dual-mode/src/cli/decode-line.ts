const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Characters of more than one byte, each byte read as a character of its own; else a byte alone. */
const characters = new RegExp(
  [
    String.raw`([\xc2-\xdf][\x80-\xbf]`,
    String.raw`\xe0[\xa0-\xbf][\x80-\xbf]`,
    String.raw`[\xe1-\xec\xee\xef][\x80-\xbf]{2}`,
    String.raw`\xed[\x80-\x9f][\x80-\xbf]`,
    String.raw`\xf0[\x90-\xbf][\x80-\xbf]{2}`,
    String.raw`[\xf1-\xf3][\x80-\xbf]{3}`,
    String.raw`\xf4[\x80-\x8f][\x80-\xbf]{2})`,
    String.raw`[\x80-\xff]`,
  ].join("|"),
  "g",
);

/**
 * Bytes as text. One that is no UTF-8 becomes a lone surrogate (U+DC80 to U+DCFF), which no UTF-8
 * can hold: so it is told from U+FFFD that a program wrote itself, and what it is in is known
 * to be damaged.
 */
export function decodeLine(bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return bytes
      .toString("latin1")
      .replaceAll(characters, (found, whole?: string) =>
        whole === undefined
          ? String.fromCharCode(0xdc00 + found.charCodeAt(0))
          : Buffer.from(whole, "latin1").toString("utf8"),
      );
  }
}
