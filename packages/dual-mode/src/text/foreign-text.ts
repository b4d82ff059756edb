import { redact, redactCut } from "@acc/secrets/redact";

/** The most UTF-16 units that are read of a text from outside; the rest is ignored. */
export const foreignWindow: number = 64 * 1024;

/** The most UTF-16 units that are stored of a text from outside. */
export const foreignBound: number = 8 * 1024;

/**
 * Returns a text that a vendor, a server, a CLI or a file sent in a form that is safe to use: at
 * most 64 Ki UTF-16 units are read, known secrets are removed, and only then is it cut to `bound`,
 * in whole characters. Every message and every pattern that uses foreign text gets it in this form,
 * so that no foreign text can make an error large or a pattern slow. A value that is not text is
 * written as JSON.
 *
 * @param bound The length in UTF-16 units, without the `…` that marks the cut. @default 8192
 */
export function foreignText(said: unknown, bound: number = foreignBound): string {
  const text = asText(said);
  const clean =
    text.length > foreignWindow ? redactCut(text.slice(0, foreignWindow), "end") : redact(text);
  if (clean.length <= bound && text.length <= foreignWindow) return clean;
  return `${withoutHalf(clean.slice(0, bound))}…`;
}

/** Returns the end of a text from outside, as {@link foreignText} returns its beginning. */
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

/** A cut may go through a character of two units; the remaining half is removed. */
function withoutHalf(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, "");
}
