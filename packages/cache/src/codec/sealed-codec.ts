import { CacheError } from "../error.ts";
import { crypto } from "../node-crypto.ts";
import { damaged, decodeRecord, isSound, unsound } from "../record/decode-record.ts";
import { checksum } from "../record/encode-record.ts";
import { CHECKSUM_END, CHECKSUM_START, hasLaterMagic } from "../record/record-layout.ts";
import type { Codec } from "./codec.ts";
import { hide, reveal } from "./hidden-text.ts";
import { isSealed, NONCE, SEALED_AT, SEALED_MAGIC, TAG } from "./sealed-layout.ts";

/**
 * Returns a codec that encrypts each record as a whole with AES-256-GCM, and authenticates the
 * stored key and the expiry with it. The stored key is an HMAC, so only the expiry and the size
 * stay readable.
 */
export function sealedCodec(secret: Uint8Array): Codec {
  const cipherKey = derive(secret, "acc-cache/1 records");
  const nameKey = derive(secret, "acc-cache/1 names");
  const storedKey = (key: string) =>
    crypto().createHmac("sha256", nameKey).update(key).digest("hex");
  return {
    hidesKeys: true,
    storedKey,
    hide: (text) => hide(cipherKey, text),
    reveal: (hidden) => reveal(cipherKey, hidden),
    encode: (name, record, expiresAt) => seal(cipherKey, name, record, expiresAt),
    decode(name, raw, tier, key) {
      const live = decodeRecord(open(cipherKey, name, raw), key, tier);
      if (storedKey(live.key) !== name) throw damaged("it belongs to another key");
      return live;
    },
  };
}

function derive(secret: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(crypto().hkdfSync("sha256", secret, new Uint8Array(), purpose, 32));
}

function seal(key: Uint8Array, name: string, record: Uint8Array, expiresAt: number): Uint8Array {
  const nameBytes = Buffer.byteLength(name);
  const nonceAt = SEALED_AT.key + nameBytes;
  const size = nonceAt + NONCE + record.byteLength + TAG;
  const bytes = Buffer.allocUnsafeSlow(size);
  bytes.write(SEALED_MAGIC, 0, "latin1");
  bytes.writeDoubleLE(expiresAt, SEALED_AT.expiresAt);
  bytes.writeUInt16LE(nameBytes, SEALED_AT.keyLength);
  bytes.write(name, SEALED_AT.key, "utf8");
  const nonce = crypto().randomFillSync(bytes.subarray(nonceAt, nonceAt + NONCE));
  const cipher = crypto().createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(bytes.subarray(CHECKSUM_END, nonceAt));
  bytes.set(cipher.update(record), nonceAt + NONCE);
  cipher.final();
  bytes.set(cipher.getAuthTag(), size - TAG);
  bytes.write(checksum(bytes), CHECKSUM_START, "latin1");
  return bytes;
}

function open(key: Uint8Array, name: string, raw: Uint8Array): Uint8Array {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (!isSealed(bytes) && !hasLaterMagic(bytes, SEALED_MAGIC)) throw unreadable(undefined);
  if (!isSound(bytes, SEALED_MAGIC, SEALED_AT.key + NONCE + TAG))
    throw unsound(bytes, SEALED_MAGIC);
  const nonceAt = SEALED_AT.key + bytes.readUInt16LE(SEALED_AT.keyLength);
  if (bytes.toString("utf8", SEALED_AT.key, nonceAt) !== name) {
    throw damaged("it belongs to another key");
  }
  const nonce = bytes.subarray(nonceAt, nonceAt + NONCE);
  const decipher = crypto().createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG });
  decipher.setAAD(bytes.subarray(CHECKSUM_END, nonceAt));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG));
  try {
    const start = decipher.update(bytes.subarray(nonceAt + NONCE, bytes.length - TAG));
    return Buffer.concat([start, decipher.final()]);
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(cause: unknown): CacheError {
  const message = "A stored record was not encrypted with this encryptionKey; it is not changed.";
  return new CacheError("WRONG_KEY", message, { cause });
}
