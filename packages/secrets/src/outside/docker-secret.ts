const mark = "acc-base64:";

/** What every helper gives back as it was; some take white space off. */
const plain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** How a value is kept: as it is, or in base64 where a helper might change it. */
export function keptForm(value: string): string {
  if (plain.test(value) && !value.startsWith(mark)) return value;
  return `${mark}${Buffer.from(value, "utf8").toString("base64")}`;
}

/** The value of what was kept. */
export function kept(secret: string): string {
  if (!secret.startsWith(mark)) return secret;
  return Buffer.from(secret.slice(mark.length), "base64").toString("utf8");
}
