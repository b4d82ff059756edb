/**
 * For what a caller's function gave back where nobody waits for it: an async one may reject, and a
 * rejection that is not heard would end the program.
 */
export function unheard(given: unknown): void {
  if (typeof given === "object" && given !== null && "then" in given) {
    Promise.resolve(given).catch(() => undefined);
  }
}
