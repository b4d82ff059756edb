/** The magic of the header, which the store itself can read; the record follows it. */
const MAGIC = "ACF1";
const HEAD = 16;

export interface EntryFile {
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly record: Uint8Array;
}

export function encodeEntryFile(key: string, expiresAt: number, record: Uint8Array): Uint8Array {
  const keyBytes = Buffer.byteLength(key);
  const bytes = Buffer.allocUnsafe(HEAD + keyBytes + record.byteLength);
  bytes.write(MAGIC, 0, "latin1");
  bytes.writeDoubleLE(expiresAt, 4);
  bytes.writeUInt32LE(keyBytes, 12);
  bytes.write(key, HEAD, "utf8");
  bytes.set(record, HEAD + keyBytes);
  return bytes;
}

/**
 * Returns undefined for a file that this store did not write, or not completely. The header alone
 * is enough.
 */
export function decodeEntryFile(bytes: Buffer): EntryFile | undefined {
  if (bytes.length < HEAD || bytes.toString("latin1", 0, 4) !== MAGIC) return undefined;
  const keyEnd = HEAD + bytes.readUInt32LE(12);
  if (keyEnd > bytes.length) return undefined;
  return {
    key: bytes.toString("utf8", HEAD, keyEnd),
    expiresAt: bytes.readDoubleLE(4),
    record: bytes.subarray(keyEnd),
  };
}

/** Long enough for the header of any file, because keys have a limited length. */
export const HEAD_BYTES = 4096;
