/** What the HTTP standard lets a header hold, as fetch sends it: a tab, ASCII and Latin-1. */
const unsendable = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * What is wrong with a key that no header can carry; undefined where nothing is. Names the character
 * and never the key.
 */
export function keyFault(key: string): string | undefined {
  if (key === "") return "is blank";
  const found = unsendable.exec(key)?.[0];
  if (found === undefined) return undefined;
  if (found === "\n" || found === "\r") return "has a line break in it";
  const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return `has the character U+${code} in it, which no header can carry`;
}
