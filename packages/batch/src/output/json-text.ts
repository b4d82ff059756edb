/** JSON in one line, also for readers that take other characters of Unicode for a line's end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value).replace(/[\u2028\u2029]/g, escaped)}\n`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16)}`;
}
