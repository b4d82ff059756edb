/** Some take these characters for the end of a line, and JSON does not escape them. */
const lineEnds = /[\u0085\u2028\u2029]/g;

/** JSON without a line break in it, whatever its texts hold. */
export function oneLineJson(value: unknown): string {
  return JSON.stringify(value).replace(
    lineEnds,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
