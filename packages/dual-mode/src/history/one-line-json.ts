/** Characters that some readers treat as the end of a line, and that JSON does not escape. */
const lineEnds = /[\u0085\u2028\u2029]/g;

/** Returns JSON without any line break. */
export function oneLineJson(value: unknown): string {
  return JSON.stringify(value).replace(
    lineEnds,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
