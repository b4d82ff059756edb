/** Characters that a terminal obeys and does not show: C0 except tab and line ends, DEL, and C1. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const obeyed = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)/g;

/** Characters that end a line or change the reading order, which do not belong in a name. */
const misleading = /[\t\r\n\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Makes foreign text safe for a terminal: control characters become escapes, such as `\x1b`. */
export function printable(text: string): string {
  return text.replaceAll(obeyed, escaped);
}

/** Does the same for text in one line, where a line feed would pass for the next line. */
export function printableLine(text: string): string {
  return printable(text).replaceAll(misleading, escaped);
}

/**
 * Makes JSON safe for a terminal: `JSON.stringify` leaves DEL and C1 as they are. It parses to the
 * same value.
 */
export function printableJson(json: string): string {
  return json.replaceAll(/[\x7f-\x9f]/g, (character) => `\\u00${hexOf(character)}`);
}

function escaped(character: string): string {
  const hex = hexOf(character);
  return hex.length > 2 ? `\\u${hex}` : `\\x${hex}`;
}

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, "0");
}
