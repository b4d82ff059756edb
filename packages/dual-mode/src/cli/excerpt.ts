import { redact } from "@acc/secrets/redact";

/** The end of a text on one line, without known secrets, for a message. */
export function lastWords(text: string, length = 300): string {
  const line = oneLine(text);
  return line.length > length ? `…${line.slice(-length)}` : line;
}

/** The beginning of a text on one line, without known secrets, for a message. */
export function firstWords(text: string, length = 300): string {
  const line = oneLine(text);
  return line.length > length ? `${line.slice(0, length)}…` : line;
}

function oneLine(text: string): string {
  return redact(text).replaceAll(/\s+/g, " ").trim();
}
