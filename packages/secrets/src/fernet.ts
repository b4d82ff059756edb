import { crypto } from "./crypto.ts";
import { SecretsError } from "./errors.ts";

const version = 0x80;
const headerBytes = 25; // version 1, time 8, iv 16
const macBytes = 32;
const clockSkewSeconds = 60;

/** Options of a `Fernet`. */
export interface FernetOptions {
  /** The clock, in milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

interface KeyPair {
  readonly signing: Buffer;
  readonly encryption: Buffer;
}

/** Returns a new random key: 32 bytes in url-safe base64 (44 characters). */
export function generateFernetKey(): string {
  return toBase64(crypto().randomBytes(32));
}

/**
 * The Fernet cipher (AES-128-CBC and HMAC-SHA-256), compatible with its specification and with
 * Python's `cryptography`. With several keys, the first one encrypts, and each is tried to decrypt.
 */
export class Fernet {
  readonly #keys: readonly KeyPair[];
  readonly #now: () => number;

  /** @throws SecretsError `INVALID_KEY` */
  constructor(keys: string | readonly string[], options: FernetOptions = {}) {
    const list = typeof keys === "string" ? [keys] : keys;
    if (list.length === 0) throw new SecretsError("INVALID_KEY", "Fernet needs at least one key.");
    this.#keys = list.map(parseKey);
    this.#now = options.now ?? Date.now;
  }

  /** Encrypts bytes, or text as UTF-8, into a url-safe token. */
  encrypt(data: Uint8Array | string): string {
    return this.#seal(
      asBytes(data),
      BigInt(Math.floor(this.#now() / 1000)),
      crypto().randomBytes(16),
    );
  }

  /**
   * Decrypts a token. `ttlSeconds` is the greatest age, in seconds; without it the age is not
   * checked.
   *
   * @throws SecretsError `INVALID_TOKEN`, `TOKEN_EXPIRED`
   */
  decrypt(token: Uint8Array | string, options: { readonly ttlSeconds?: number } = {}): Buffer {
    const parts = parseToken(token);
    const data = this.#open(parts);
    if (options.ttlSeconds !== undefined) checkAge(parts, options.ttlSeconds, this.#now());
    return data;
  }

  /** Encrypts the data of a token again under the first key, with the token's own time. */
  rotate(token: Uint8Array | string): string {
    const parts = parseToken(token);
    return this.#seal(this.#open(parts), parts.readBigUInt64BE(1), crypto().randomBytes(16));
  }

  /** Returns when an authentic token was created, in milliseconds since 1970. */
  timestamp(token: Uint8Array | string): number {
    const parts = parseToken(token);
    this.#open(parts);
    return Number(parts.readBigUInt64BE(1)) * 1000;
  }

  #seal(data: Uint8Array, seconds: bigint, iv: Buffer): string {
    const key = this.#keys[0] as KeyPair;
    const cipher = crypto().createCipheriv("aes-128-cbc", key.encryption, iv);
    const header = Buffer.alloc(headerBytes);
    header[0] = version;
    header.writeBigUInt64BE(seconds, 1);
    iv.copy(header, 9);
    const signed = Buffer.concat([header, cipher.update(data), cipher.final()]);
    return toBase64(Buffer.concat([signed, macOf(signed, key)]));
  }

  #open(token: Buffer): Buffer {
    const signed = token.subarray(0, -macBytes);
    const mac = token.subarray(-macBytes);
    const key = this.#keys.find((pair) => crypto().timingSafeEqual(macOf(signed, pair), mac));
    if (!key) throw invalid();
    const decipher = crypto().createDecipheriv(
      "aes-128-cbc",
      key.encryption,
      signed.subarray(9, headerBytes),
    );
    try {
      return Buffer.concat([decipher.update(signed.subarray(headerBytes)), decipher.final()]);
    } catch {
      throw invalid();
    }
  }
}

function parseKey(key: string): KeyPair {
  const bytes = typeof key === "string" ? fromBase64(key) : undefined;
  if (bytes?.length !== 32) {
    throw new SecretsError("INVALID_KEY", "A Fernet key is 32 bytes in url-safe base64, padded.");
  }
  return { signing: bytes.subarray(0, 16), encryption: bytes.subarray(16) };
}

function parseToken(token: Uint8Array | string): Buffer {
  const bytes = fromBase64(token);
  const cipherBytes = (bytes?.length ?? 0) - headerBytes - macBytes;
  if (!bytes || bytes[0] !== version || cipherBytes < 16 || cipherBytes % 16 !== 0) throw invalid();
  return bytes;
}

function checkAge(token: Buffer, ttlSeconds: number, now: number): void {
  const made = Number(token.readBigUInt64BE(1));
  const seconds = Math.floor(now / 1000);
  if (made + ttlSeconds < seconds || made > seconds + clockSkewSeconds) {
    throw new SecretsError("TOKEN_EXPIRED", "The token is too old, or from the future.");
  }
}

function invalid(): SecretsError {
  return new SecretsError("INVALID_TOKEN", "The token is not authentic for any of the given keys.");
}

function macOf(signed: Uint8Array, key: KeyPair): Buffer {
  return crypto().createHmac("sha256", key.signing).update(signed).digest();
}

function asBytes(data: Uint8Array | string): Uint8Array {
  return typeof data === "string" ? Buffer.from(data, "utf8") : data;
}

function toBase64(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}

const clean = /^[A-Za-z0-9_-]*={0,2}$/;

/**
 * Decodes base64 as Python's `urlsafe_b64decode` does: both alphabets, foreign characters skipped,
 * nothing read after the padding, padding required. A string must be ASCII.
 */
function fromBase64(encoded: Uint8Array | string): Buffer | undefined {
  const text = typeof encoded === "string" ? encoded : Buffer.from(encoded).toString("latin1");
  if (text.length % 4 === 0 && clean.test(text)) return Buffer.from(text, "base64url");
  if (typeof encoded === "string" && /[^\0-\x7f]/.test(encoded)) return undefined;
  let kept = "";
  let pads = 0;
  for (const character of text) {
    if (character === "=") {
      const position = kept.length % 4;
      pads += 1;
      if (position >= 2 && position + pads >= 4) return Buffer.from(kept, "base64url");
      if (position < 2) pads = 0;
    } else if (/[A-Za-z0-9+/_-]/.test(character)) {
      kept += character;
      pads = 0;
    }
  }
  return kept.length % 4 === 0 ? Buffer.from(kept, "base64url") : undefined;
}
