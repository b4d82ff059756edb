import { crypto } from "../crypto.ts";
import { Fernet } from "../fernet.ts";
import type { PreparedKey, WrappedKey } from "./key-provider.ts";
import { keyText } from "./key-text.ts";

/** Returns a public id of a wrapping key, which does not depend on where the key is kept. */
export function fingerprint(key: Uint8Array): string {
  return crypto()
    .createHmac("sha256", key)
    .update("@acc/secrets key id")
    .digest("hex")
    .slice(0, 16);
}

/** Encrypts the data key under a provider's key. */
export function wrapKey(provider: string, prepared: PreparedKey, dataKey: Uint8Array): WrappedKey {
  return {
    id: fingerprint(prepared.key),
    provider,
    wrapped: new Fernet(keyText(prepared.key)).encrypt(dataKey),
    ...(prepared.params && { params: prepared.params }),
  };
}

/** Returns the data key, or undefined if this key does not open this wrap. */
export function unwrapKey(entry: WrappedKey, key: Uint8Array): Uint8Array | undefined {
  try {
    return new Fernet(keyText(key)).decrypt(entry.wrapped);
  } catch {
    return undefined;
  }
}
