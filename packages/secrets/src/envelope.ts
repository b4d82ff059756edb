import { crypto } from "./crypto.ts";
import { SecretsError } from "./errors.ts";
import { Fernet } from "./fernet.ts";
import type { WrappedKey } from "./keys/key-provider.ts";
import { keyText } from "./keys/key-text.ts";
import { asBody, type StoreBody } from "./store-body.ts";

export const envelopeFormat = "acc-secrets";
const envelopeVersion = 1;

/** The most keys of a store. Each may cost a passphrase derivation when the store is opened. */
export const mostKeys = 32;

/** The header of a store, and its body: a Fernet token, or an object in a plaintext store. */
export interface Envelope {
  readonly format: typeof envelopeFormat;
  readonly version: typeof envelopeVersion;
  readonly storeId: string;
  /** Grows by one at every write. */
  readonly generation: number;
  readonly keys: readonly WrappedKey[];
  readonly body: string | object;
}

export type Header = Pick<Envelope, "storeId" | "generation" | "keys">;

/** Seals a body under the data key; without one the store is plaintext. */
export function seal(header: Header, body: StoreBody, dataKey: Uint8Array | undefined): string {
  const { storeId, generation, keys } = header;
  const repeated = { format: envelopeFormat, version: envelopeVersion, storeId, generation };
  const content = { ...repeated, keysHash: hashOf(keys), ...body };
  const sealed = dataKey ? new Fernet(keyText(dataKey)).encrypt(textOf(content)) : content;
  return `${textOf({ ...repeated, keys, body: sealed })}\n`;
}

/** Serializes the content. A body that is nested too deep does not come from this package. */
function textOf(content: object): string {
  try {
    return JSON.stringify(content);
  } catch (cause) {
    throw new SecretsError(
      "STORE_DAMAGED",
      "The body of the store is nested too deep to be written: it was edited. " +
        'Restore it with recover({ from: "backup" }), or start an empty store with reset().',
      { cause },
    );
  }
}

/**
 * Opens the body, and compares the copy of the header in it with the header.
 *
 * @throws SecretsError `STORE_DAMAGED`, `HEADER_EDITED`
 */
export function unseal(envelope: Envelope, dataKey: Uint8Array | undefined): StoreBody {
  const content = dataKey ? decrypted(envelope.body, dataKey) : envelope.body;
  const repeated = content as Partial<Envelope> & { keysHash?: unknown };
  const same =
    repeated.format === envelope.format &&
    repeated.version === envelope.version &&
    repeated.storeId === envelope.storeId &&
    repeated.generation === envelope.generation &&
    repeated.keysHash === hashOf(envelope.keys);
  if (!same) {
    throw new SecretsError(
      "HEADER_EDITED",
      "The header of the store is not the one that was written with its body. " +
        'Undo the edit, or restore the store with recover({ from: "backup" }).',
    );
  }
  return asBody(content);
}

function decrypted(body: string | object, dataKey: Uint8Array): unknown {
  if (typeof body === "string" && isCanonical(body)) {
    try {
      return JSON.parse(new Fernet(keyText(dataKey)).decrypt(body).toString("utf8"));
    } catch {
      // Every kind of damage gives the same error.
    }
  }
  throw new SecretsError(
    "STORE_DAMAGED",
    "The key is right, but the body of the store is damaged. " +
      'Restore it with recover({ from: "backup" }), or start an empty store with reset().',
  );
}

/**
 * Returns true if the token is in the form that this package writes: Fernet ignores foreign
 * characters and unused bits.
 */
function isCanonical(token: string): boolean {
  const end = token.slice(-4);
  const again = Buffer.from(end, "base64url").toString("base64");
  return (
    /^[A-Za-z0-9_-]+={0,2}$/.test(token) && again.replaceAll("+", "-").replaceAll("/", "_") === end
  );
}

function hashOf(keys: readonly WrappedKey[]): string {
  return crypto().createHash("sha256").update(JSON.stringify(keys)).digest("hex");
}

/**
 * Parses a store's envelope without opening its body.
 *
 * @throws SecretsError `STORE_EMPTY`, `STORE_DAMAGED`, `WRONG_FORMAT`, `NEWER_VERSION`
 */
export function parseEnvelope(bytes: Buffer, path: string): Envelope {
  if (bytes.length === 0) {
    throw new SecretsError(
      "STORE_EMPTY",
      `The store ${path} is empty: its content was lost. Restore it with recover({ from: "backup" }).`,
    );
  }
  const found = parseJson(bytes);
  if (found === undefined && isFernetToken(bytes)) throw wrongFormat(path);
  if (typeof found !== "object" || found === null || Array.isArray(found)) throw damaged(path);
  const envelope = found as Partial<Envelope>;
  if (envelope.format !== envelopeFormat) throw wrongFormat(path);
  if (typeof envelope.version === "number" && envelope.version > envelopeVersion) {
    throw new SecretsError(
      "NEWER_VERSION",
      `The store ${path} has version ${envelope.version}; this package knows ${envelopeVersion}. ` +
        "Update @acc/secrets.",
    );
  }
  if (!isEnvelope(envelope)) throw damaged(path);
  return envelope;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

function isEnvelope(envelope: Partial<Envelope>): envelope is Envelope {
  return (
    envelope.version === envelopeVersion &&
    typeof envelope.storeId === "string" &&
    Number.isSafeInteger(envelope.generation) &&
    Array.isArray(envelope.keys) &&
    envelope.keys.length <= mostKeys &&
    envelope.keys.every(isWrappedKey) &&
    (typeof envelope.body === "string" ||
      (typeof envelope.body === "object" && envelope.body !== null && envelope.keys.length === 0))
  );
}

function isWrappedKey(value: unknown): value is WrappedKey {
  const key = value as Partial<WrappedKey> | null;
  return (
    typeof key?.id === "string" &&
    typeof key.provider === "string" &&
    typeof key.wrapped === "string" &&
    (key.params === undefined || isFlat(key.params))
  );
}

function isFlat(params: unknown): boolean {
  if (typeof params !== "object" || params === null || Array.isArray(params)) return false;
  return Object.values(params).every((value) => /^(string|number)$/.test(typeof value));
}

function isFernetToken(bytes: Buffer): boolean {
  return bytes.subarray(0, 5).toString("latin1") === "gAAAA";
}

function wrongFormat(path: string): SecretsError {
  return new SecretsError(
    "WRONG_FORMAT",
    `${path} is not a store of this format. A store of the Python original is opened with ` +
      '{ format: "original" }.',
  );
}

function damaged(path: string): SecretsError {
  return new SecretsError(
    "STORE_DAMAGED",
    `The store ${path} is cut or damaged. Restore it with recover({ from: "backup" }), ` +
      "or start an empty store with reset().",
  );
}
