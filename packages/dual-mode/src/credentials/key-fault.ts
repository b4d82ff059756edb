/** What the HTTP standard lets a header hold, as fetch sends it: a tab, ASCII and Latin-1. */
const unsendable = /[^\t\x20-\x7e\x80-\xff]/;

/** As `docker run --env-file` and cmd's `set` leave a value that is quoted there. */
const quoted = /^(["'`]).*\1$/s;

/**
 * What is wrong with a key that no header can carry, or no vendor has given; undefined where nothing
 * is. Names the character and never the key.
 */
export function keyFault(key: string): string | undefined {
  if (key === "") return "is blank";
  if (quoted.test(key)) return "is in quotes, which would be sent as a part of it";
  const found = unsendable.exec(key)?.[0];
  if (found === undefined) return undefined;
  if (found === "\n" || found === "\r") return "has a line break in it";
  const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return `has the character U+${code} in it, which no header can carry`;
}
