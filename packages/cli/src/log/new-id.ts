/** Digits and letters, without those that look like digits and without u. */
const letters = "0123456789abcdefghjkmnpqrstvwxyz";

/** A random id of this length, easy to retype. */
export function newId(length: number): string {
  const { randomBytes } = process.getBuiltinModule("node:crypto");
  return Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join("");
}
