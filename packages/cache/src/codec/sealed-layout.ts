import { hasMagic } from "../record/record-layout.ts";

/** Format and version of an encrypted record. A checksum follows it, as in a plain one. */
export const SEALED_MAGIC = "ACS1";

/** Where each field begins; behind the stored key come nonce, ciphertext and tag. */
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

/** Begins a hidden text; neither a key nor a scope begins so. */
export const HIDDEN = "!";
