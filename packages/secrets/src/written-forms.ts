import { toWellFormed } from "./well-formed.ts";

/**
 * Returns the forms in which a value may appear in a text; none has fewer characters than the
 * value.
 */
export function writtenForms(value: string): Set<string> {
  const text = toWellFormed(value);
  const bytes = Buffer.from(text, "utf8");
  const hex = bytes.toString("hex");
  const escaped = encodeURIComponent(text);
  return new Set([
    value,
    JSON.stringify(value).slice(1, -1),
    escaped,
    lowerEscapes(escaped),
    new URLSearchParams([["", text]]).toString().slice(1),
    strictEscapes(escaped),
    encodeURI(text),
    hex,
    hex.toUpperCase(),
    ...base64Forms(bytes),
  ]);
}

function lowerEscapes(escaped: string): string {
  return escaped.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
}

function strictEscapes(escaped: string): string {
  return escaped.replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Returns the base64 forms of a value. Inside a longer base64 text it starts at one of three
 * alignments; the characters that it shares with its neighbours are left out. Encoded alone, its
 * last character and padding are included.
 */
function base64Forms(bytes: Buffer): string[] {
  const padded = bytes.toString("base64");
  const forms: string[] = [padded, padded.replace(/=+$/, ""), bytes.toString("base64url")];
  for (const shift of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64url");
    const shared = (shift + bytes.length) % 3 === 0 ? 0 : 1;
    const form = encoded.slice(shift === 0 ? 0 : shift + 1, encoded.length - shared);
    forms.push(form, form.replaceAll("-", "+").replaceAll("_", "/"));
  }
  return forms;
}
