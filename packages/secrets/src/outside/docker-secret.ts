const mark = "acc-base64:";

/** Values that every helper returns unchanged; some trim white space. */
const plain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/**
 * Returns the text to store for a value: the value itself, or base64 if a helper might change it.
 */
export function keptForm(value: string): string {
  if (plain.test(value) && !value.startsWith(mark)) return value;
  return `${mark}${Buffer.from(value, "utf8").toString("base64")}`;
}

/** Returns the value of a stored text. */
export function kept(secret: string): string {
  if (!secret.startsWith(mark)) return secret;
  return Buffer.from(secret.slice(mark.length), "base64").toString("utf8");
}
