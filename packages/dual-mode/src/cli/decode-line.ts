const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Matches a character of several bytes, each byte read as a character of its own, or else a lone
 * byte.
 */
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
 * Decodes bytes as text. A byte that is not UTF-8 becomes a lone surrogate (U+DC80 to U+DCFF),
 * which valid UTF-8 cannot contain. So it differs from a U+FFFD that a program wrote itself, and
 * the text is known to be damaged.
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
