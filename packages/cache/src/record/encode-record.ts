import { crypto } from "../node-crypto.ts";
import type { Facts } from "./facts.ts";
import { AT, CHECKSUM_END, CHECKSUM_START, MAGIC } from "./record-layout.ts";

/** Encodes a record: a checksum of all that follows it, fixed fields, key, metadata, value. */
export function encodeRecord(facts: Facts, value: unknown): Uint8Array {
  const metadata = facts.metadata === undefined ? "" : JSON.stringify(facts.metadata);
  const keyBytes = Buffer.byteLength(facts.key);
  const metadataBytes = Buffer.byteLength(metadata);
  const json = JSON.stringify(value);
  const bytes = Buffer.allocUnsafeSlow(AT.key + keyBytes + metadataBytes + Buffer.byteLength(json));
  bytes.write(MAGIC, 0, "latin1");
  bytes.writeDoubleLE(facts.storedAt, AT.storedAt);
  bytes.writeDoubleLE(facts.expiresAt, AT.expiresAt);
  bytes.writeDoubleLE(facts.elapsed ?? Number.NaN, AT.elapsed);
  bytes.writeDoubleLE(facts.cost ?? Number.NaN, AT.cost);
  bytes.writeUInt16LE(keyBytes, AT.keyLength);
  bytes.writeUInt32LE(metadataBytes, AT.metadataLength);
  bytes.write(facts.key, AT.key, "utf8");
  bytes.write(metadata, AT.key + keyBytes, "utf8");
  bytes.write(json, AT.key + keyBytes + metadataBytes, "utf8");
  bytes.write(checksum(bytes), CHECKSUM_START, "latin1");
  return bytes;
}

/**
 * Returns the checksum of everything after it: the key, the metadata and the stored bytes. Each
 * character is one byte.
 */
export function checksum(bytes: Uint8Array): string {
  return crypto().hash("sha256", bytes.subarray(CHECKSUM_END), "binary");
}
