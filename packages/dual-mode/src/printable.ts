/**
 * Matches C0 except tab and line ends, DEL, and C1: characters that a terminal obeys and does not
 * show.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const obeyed = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)/g;

/**
 * Escapes foreign text for a terminal, for a provider's own command: a control character that a
 * terminal would obey is shown as `\x1b` or the like.
 */
export function printable(text: string): string {
  return text.replaceAll(obeyed, (character) => `\\x${hexOf(character)}`);
}

/**
 * Escapes JSON for a terminal: `JSON.stringify` leaves DEL and C1 as they are. The result parses to
 * the same value.
 */
export function printableJson(json: string): string {
  return json.replaceAll(/[\x7f-\x9f]/g, (character) => `\\u00${hexOf(character)}`);
}

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, "0");
}
