import { crypto } from "../node-crypto.ts";
import { HIDDEN, NONCE, TAG } from "./sealed-layout.ts";

const CIPHER = "aes-256-gcm";
/** Additional authenticated data, so that no part of a record can pass for a hidden text. */
const PURPOSE = Buffer.from("acc-cache/1 notes");

/** Encrypts a short text into a single ASCII word. */
export function hide(key: Uint8Array, text: string): string {
  const nonce = crypto().randomBytes(NONCE);
  const cipher = crypto().createCipheriv(CIPHER, key, nonce);
  cipher.setAAD(PURPOSE);
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return HIDDEN + Buffer.concat([nonce, body, cipher.getAuthTag()]).toString("base64url");
}

/** Returns undefined for a text that was not hidden with this key. */
export function reveal(key: Uint8Array, hidden: string): string | undefined {
  const bytes = Buffer.from(hidden.slice(HIDDEN.length), "base64url");
  if (!hidden.startsWith(HIDDEN) || bytes.length < NONCE + TAG) return undefined;
  const options = { authTagLength: TAG };
  const decipher = crypto().createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE), options);
  decipher.setAAD(PURPOSE);
  decipher.setAuthTag(bytes.subarray(-TAG));
  try {
    return decipher.update(bytes.subarray(NONCE, -TAG), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return undefined;
  }
}
