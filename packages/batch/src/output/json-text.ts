/** Writes JSON on one line, also for readers that accept other Unicode line ends. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value).replace(/[\u2028\u2029]/g, escaped)}\n`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16)}`;
}
