/**
 * Whether a name matches a pattern, in which `*` stands for any text, even none. It takes linear
 * time.
 */
export function matches(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return name === pattern;
  if (!name.startsWith(first) || name.length < first.length + last.length) return false;
  const end = name.length - last.length;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return name.endsWith(last);
}

export function isPattern(name: string): boolean {
  return name.includes("*");
}
