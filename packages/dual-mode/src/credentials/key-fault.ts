/**
 * Characters that the HTTP standard does not allow in a header as `fetch` sends it: all except a
 * tab, ASCII and Latin-1.
 */
const unsendable = /[^\t\x20-\x7e\x80-\xff]/;

/** Matches a value in quotes, which `docker run --env-file` and cmd's `set` do not remove. */
const quoted = /^(["'`]).*\1$/s;

/**
 * Returns what is wrong with a key that no header can carry, or that no vendor has issued;
 * undefined if nothing is. It names the character and never shows the key.
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
