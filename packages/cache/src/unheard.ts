/**
 * Handles the result of a caller's function that nobody awaits: a promise may reject, and an
 * unhandled rejection would end the process.
 */
export function unheard(given: unknown): void {
  if (typeof given === "object" && given !== null && "then" in given) {
    Promise.resolve(given).catch(() => undefined);
  }
}
