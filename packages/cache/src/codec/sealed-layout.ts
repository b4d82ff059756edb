import { hasMagic } from "../record/record-layout.ts";

/** The format and version of an encrypted record. A checksum follows, as in a plain record. */
export const SEALED_MAGIC = "ACS1";

/**
 * The offset of each field; the stored key is followed by the nonce, the ciphertext and the tag.
 */
export const SEALED_AT: {
  readonly expiresAt: 36;
  readonly keyLength: 44;
  readonly key: 46;
} = { expiresAt: 36, keyLength: 44, key: 46 };

export const NONCE = 12;
export const TAG = 16;

export function isSealed(bytes: Uint8Array): boolean {
  return hasMagic(bytes, SEALED_MAGIC);
}

/** The first character of a hidden text; no key or scope starts with it. */
export const HIDDEN = "!";
