import type { StoredRecord } from "../store/store.ts";

/** A CID, and keys with a scope prefix in the cache's form. */
export const KEYS: readonly [string, string, string] = [
  "bafyreicltpeom75qq2tqre3xqxwxwkduavieyvohirrsfdgjdfxnmtiavm",
  "team%20a//bafyreicltpeom75qq2tqre3xqxwxwkduavieyvohirrsfdgjdfxnmtiavm",
  "team%20a/t%2F1/bafyreicltpeom75qq2tqre3xqxwxwkduavieyvohirrsfdgjdfxnmtiavm",
];

export function sample(seed: number, size = 100, life = 60_000): StoredRecord {
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index++) bytes[index] = (index * 31 + seed * 17) & 0xff;
  return { bytes, expiresAt: Date.now() + life };
}
