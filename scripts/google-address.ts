const google = "https://generativelanguage.googleapis.com";
const asked = globalThis.fetch;

/**
 * Sends what is asked of Google's own address to a server on loopback: @google/generative-ai is used
 * with no other address, and takes no fetch but the global one.
 */
export function serveAsGoogle(url: string): void {
  globalThis.fetch = (input, init) => asked(String(input).replace(google, url), init);
}

/** Takes it back. */
export function serveNothingAsGoogle(): void {
  globalThis.fetch = asked;
}
