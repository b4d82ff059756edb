import type { KeyObject } from "node:crypto";

type Crypto = typeof import("node:crypto");

const crypto = (): Crypto => process.getBuiltinModule("node:crypto");

const purpose = "acc-log/1 texts";
const nonceLength = 12;
const tagLength = 16;

/** A public key that texts are sealed to: with it, they can be written but not read. */
export interface SealingKey {
  readonly id: string;
  /** X25519, SPKI, base64url. */
  readonly publicKey: string;
}

/** The private half of the key, which the secrets store has. */
export interface OpeningKey extends SealingKey {
  /** X25519, PKCS #8, base64url. */
  readonly privateKey: string;
}

export function newKey(): OpeningKey {
  const { publicKey, privateKey } = crypto().generateKeyPairSync("x25519");
  return keyOf(privateKey, publicKey);
}

/** @throws if it is not a key */
export function readKey(privateKey: string): OpeningKey {
  const key = crypto().createPrivateKey({ key: bytesOf(privateKey), ...pkcs8 });
  return keyOf(key, crypto().createPublicKey(key));
}

const spki = { type: "spki", format: "der" } as const;
const pkcs8 = { type: "pkcs8", format: "der" } as const;

function keyOf(privateKey: KeyObject, publicKey: KeyObject): OpeningKey {
  const bytes = publicKey.export(spki);
  return {
    id: crypto().createHash("sha256").update(bytes).digest("hex").slice(0, 8),
    publicKey: bytes.toString("base64url"),
    privateKey: privateKey.export(pkcs8).toString("base64url"),
  };
}

/**
 * Encrypts a text to a key with an ephemeral key pair, so that writing needs no secret: X25519,
 * HKDF-SHA-256, AES-256-GCM. `beside` is authenticated with the text, so a change of it is noticed.
 */
export function seal(to: SealingKey, text: string, beside: string): string {
  const once = crypto().generateKeyPairSync("x25519");
  const publicKey = crypto().createPublicKey({ key: bytesOf(to.publicKey), ...spki });
  const from = once.publicKey.export(spki);
  const key = sharedKey(once.privateKey, publicKey, from, bytesOf(to.publicKey));
  const nonce = crypto().randomBytes(nonceLength);
  const cipher = crypto().createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(beside));
  const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final()]);
  const all = Buffer.concat([sealed, cipher.getAuthTag()]);
  return [to.id, from.toString("base64url"), all.toString("base64url")].join(".");
}

/** The id of the key that opens a sealed text. */
export function sealedTo(sealed: string): string {
  return sealed.split(".", 1)[0] ?? "";
}

/** @throws if it was not sealed to this key, or if it or `beside` was changed */
export function open(by: OpeningKey, sealed: string, beside: string): string {
  const [, from = "", rest = ""] = sealed.split(".");
  const privateKey = crypto().createPrivateKey({ key: bytesOf(by.privateKey), ...pkcs8 });
  const publicKey = crypto().createPublicKey({ key: bytesOf(from), ...spki });
  const key = sharedKey(privateKey, publicKey, bytesOf(from), bytesOf(by.publicKey));
  const bytes = bytesOf(rest);
  const decipher = crypto().createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(Buffer.from(beside));
  decipher.setAuthTag(bytes.subarray(-tagLength));
  const text = decipher.update(bytes.subarray(nonceLength, -tagLength));
  return Buffer.concat([text, decipher.final()]).toString("utf8");
}

function sharedKey(privateKey: KeyObject, publicKey: KeyObject, from: Buffer, to: Buffer): Buffer {
  const shared = crypto().diffieHellman({ privateKey, publicKey });
  const salt = Buffer.concat([from, to]);
  return Buffer.from(crypto().hkdfSync("sha256", shared, salt, purpose, 32));
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, "base64url");
}
