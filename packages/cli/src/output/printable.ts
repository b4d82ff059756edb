/** C0 but for tab and line ends, DEL, and C1: what a terminal obeys and does not show. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const obeyed = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)/g;

/** Text of others for a terminal: what it would obey is shown as an escape, such as `\x1b`. */
export function printable(text: string): string {
  return text.replaceAll(obeyed, escaped);
}

/** The same for what stands in one line, where a line feed would pass for the next line. */
export function printableLine(text: string): string {
  return printable(text).replaceAll(/[\t\r\n]/g, escaped);
}

function escaped(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
