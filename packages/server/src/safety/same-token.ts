import { hash, timingSafeEqual } from "node:crypto";

/** Compares two secrets in a time that tells nothing of either, not even its length. */
export function sameToken(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(token: string): Buffer {
  return hash("sha256", token, "buffer");
}
