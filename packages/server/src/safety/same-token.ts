import { hash, timingSafeEqual } from "node:crypto";

/** Bytes that are compared of every secret, whatever it has; tokens have some fifty. */
const width = 256;
/** What is given, in bytes and then zeros: in UTF-8 a UTF-16 unit has three bytes at most. */
const scratch = Buffer.alloc(width * 3);
const compared = scratch.subarray(0, width);

/** What a secret is compared by: made once of the one that is expected. */
export type Expected =
  | { readonly padded: Buffer; readonly bytes: number }
  /** Of a secret that is longer than what is compared. */
  | { readonly digest: Buffer };

export function expectedOf(token: string): Expected {
  const bytes = Buffer.byteLength(token);
  if (bytes > width) return { digest: digestOf(token) };
  const padded = Buffer.alloc(width);
  padded.write(token);
  return { padded, bytes };
}

/** Compares a secret in a time that tells nothing of the expected one, not even its length. */
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
