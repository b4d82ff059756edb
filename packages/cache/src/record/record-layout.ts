/** The format and version of a record. */
export const MAGIC = "ACC1";

export const CHECKSUM_START = 4;
export const CHECKSUM_END = 36;

/** The offset of each field. Times are float64, because Infinity is one of them. */
export const AT: {
  readonly storedAt: 36;
  readonly expiresAt: 44;
  readonly elapsed: 52;
  readonly cost: 60;
  readonly keyLength: 68;
  readonly metadataLength: 70;
  readonly key: 74;
} = {
  storedAt: 36,
  expiresAt: 44,
  elapsed: 52,
  cost: 60,
  keyLength: 68,
  metadataLength: 70,
  key: 74,
};

/** Compares byte by byte: creating a string of four bytes costs more than the whole comparison. */
export function hasMagic(bytes: Uint8Array, magic: string): boolean {
  for (let index = 0; index < CHECKSUM_START; index++) {
    if (bytes[index] !== magic.charCodeAt(index)) return false;
  }
  return true;
}

/**
 * Returns true if the bytes start with the magic of a later version of the format, which ends with
 * a higher number.
 */
export function hasLaterMagic(bytes: Uint8Array, magic: string): boolean {
  const last = CHECKSUM_START - 1;
  for (let index = 0; index < last; index++) {
    if (bytes[index] !== magic.charCodeAt(index)) return false;
  }
  const version = bytes[last] ?? 0;
  return version > magic.charCodeAt(last) && version <= LAST_VERSION;
}

const LAST_VERSION = "9".charCodeAt(0);
