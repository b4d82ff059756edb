import { hash, timingSafeEqual } from "node:crypto";

/** What a secret is compared by: made once of the one that is expected. */
export function digestOf(token: string): Buffer {
  return hash("sha256", token, "buffer");
}

/** Compares a secret in a time that tells nothing of either, not even its length. */
export function sameToken(given: string, expected: Buffer): boolean {
  return timingSafeEqual(digestOf(given), expected);
}
