/** No letter that is taken for a digit, and no u. */
const letters = "0123456789abcdefghjkmnpqrstvwxyz";

/** A random word of this length, to be typed again. */
export function newId(length: number): string {
  const { randomBytes } = process.getBuiltinModule("node:crypto");
  return Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join("");
}
