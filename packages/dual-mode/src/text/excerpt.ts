import { foreignTail, foreignText } from "./foreign-text.ts";

/** Returns the end of a text on one line, without known secrets, for a message. */
export function lastWords(text: string, length = 300): string {
  const line = oneLine(foreignTail(text));
  return line.length > length ? `…${line.slice(-length)}` : line;
}

/** Returns the beginning of a text on one line, without known secrets, for a message. */
export function firstWords(text: string, length = 300): string {
  const line = oneLine(foreignText(text));
  return line.length > length ? `${line.slice(0, length)}…` : line;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
