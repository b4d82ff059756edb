import { hash, timingSafeEqual } from "node:crypto";

/** Bytes that are compared of every secret, whatever its length; tokens have about fifty. */
const width = 256;
/** A value as bytes, padded with zeros: in UTF-8 a UTF-16 unit has at most three bytes. */
const scratch = Buffer.alloc(width * 3);
const compared = scratch.subarray(0, width);

/** What a secret is compared with: made once from the expected one. */
export type Expected =
  | { readonly padded: Buffer; readonly bytes: number }
  /** For a secret that is longer than what is compared. */
  | { readonly digest: Buffer };

export function expectedOf(token: string): Expected {
  const bytes = Buffer.byteLength(token);
  if (bytes > width) return { digest: digestOf(token) };
  const padded = Buffer.alloc(width);
  padded.write(token);
  return { padded, bytes };
}

/** Compares a secret in a time that reveals nothing about the expected one, not even its length. */
export function sameToken(given: string, expected: Expected): boolean {
  if ("digest" in expected) return timingSafeEqual(digestOf(given), expected.digest);
  if (given.length > width) return false;
  const written = scratch.write(given);
  const isEqual = timingSafeEqual(compared, expected.padded);
  scratch.fill(0, 0, written);
  return isEqual && written === expected.bytes;
}

function digestOf(token: string): Buffer {
  return hash("sha256", token, "buffer");
}
