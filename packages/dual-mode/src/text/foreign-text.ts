import { redact, redactCut } from "@acc/secrets/redact";

/** The most that is read of a text from outside, in UTF-16 units; what is beyond is not looked at. */
export const foreignWindow: number = 64 * 1024;

/** The most that is kept of a text from outside, in UTF-16 units. */
export const foreignBound: number = 8 * 1024;

/**
 * What a vendor, a server, a CLI or a file said, as text of ours: read up to 64 Ki UTF-16 units,
 * without known secrets, and only then cut to `bound`, whole characters alone. Whatever is told of it
 * and every pattern that judges it is given this text, and no other: nothing that a stranger says can
 * make an error large or a pattern slow. A value that is not text is told as JSON.
 *
 * @param bound UTF-16 units, the mark `…` of the cut not counted. @default 8192
 */
export function foreignText(said: unknown, bound: number = foreignBound): string {
  const text = asText(said);
  const clean =
    text.length > foreignWindow ? redactCut(text.slice(0, foreignWindow), "end") : redact(text);
  if (clean.length <= bound && text.length <= foreignWindow) return clean;
  return `${withoutHalf(clean.slice(0, bound))}…`;
}

/** The end of a text from outside, as {@link foreignText} gives its beginning. */
export function foreignTail(said: unknown, bound: number = foreignBound): string {
  const text = asText(said);
  const clean =
    text.length > foreignWindow ? redactCut(text.slice(-foreignWindow), "start") : redact(text);
  if (clean.length <= bound && text.length <= foreignWindow) return clean;
  return `…${withoutHalf(clean.slice(clean.length - bound))}`;
}

function asText(said: unknown): string {
  if (typeof said === "string") return said;
  if (said === undefined || said === null) return "";
  try {
    return JSON.stringify(said) ?? "";
  } catch {
    return "";
  }
}

/** A cut may go through a character of two units: what is left of it is left out. */
function withoutHalf(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, "");
}
