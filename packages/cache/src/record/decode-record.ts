import { CacheError } from "../error.ts";
import { checksum } from "./encode-record.ts";
import { freezeParsed } from "./freeze-parsed.ts";
import { LiveRecord } from "./live-record.ts";
import {
  AT,
  CHECKSUM_END,
  CHECKSUM_START,
  hasLaterMagic,
  hasMagic,
  MAGIC,
} from "./record-layout.ts";

/**
 * Decodes a record.
 *
 * @throws CacheError `DAMAGED` if a byte has changed, or the key is not the expected one;
 * `NEWER_FORMAT` if a later version wrote it
 */
export function decodeRecord(
  raw: Uint8Array,
  expected: string | undefined,
  tier: string,
): LiveRecord {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (!isSound(bytes, MAGIC, AT.key)) throw unsound(bytes, MAGIC);
  const keyEnd = AT.key + bytes.readUInt16LE(AT.keyLength);
  // The namespace and the tenant are percent-encoded, so a key is ASCII.
  const key = bytes.toString("latin1", AT.key, keyEnd);
  if (expected !== undefined && key !== expected) throw damaged("it belongs to another key");
  const metadataEnd = keyEnd + bytes.readUInt32LE(AT.metadataLength);
  const value = parsed(bytes, metadataEnd, bytes.length);
  const facts = {
    key,
    storedAt: bytes.readDoubleLE(AT.storedAt),
    expiresAt: bytes.readDoubleLE(AT.expiresAt),
    elapsed: known(bytes.readDoubleLE(AT.elapsed)),
    cost: known(bytes.readDoubleLE(AT.cost)),
    metadata: metadataEnd === keyEnd ? undefined : parseFrozen(bytes, keyEnd, metadataEnd),
  };
  return new LiveRecord(facts, freezeParsed(value, bytes.length - keyEnd), tier);
}

/** Returns true if the bytes start with the magic and match their checksum. */
export function isSound(bytes: Buffer, magic: string, shortest: number): boolean {
  return bytes.length >= shortest && hasMagic(bytes, magic) && matchesChecksum(bytes);
}

function matchesChecksum(bytes: Buffer): boolean {
  if (bytes.length < CHECKSUM_END) return false;
  return bytes.toString("latin1", CHECKSUM_START, CHECKSUM_END) === checksum(bytes);
}

/** Returns the error for bytes that are not sound, which a later version may have written. */
export function unsound(bytes: Buffer, magic: string): CacheError {
  const isLater = hasLaterMagic(bytes, magic) && !matchesChecksum(bytes);
  if (!isLater) return damaged("its checksum does not match");
  const message = "A stored record is of a newer format; it is left as it is. Update @acc/cache.";
  return new CacheError("NEWER_FORMAT", message);
}

export function damaged(what: string): CacheError {
  return new CacheError("DAMAGED", `A stored record is damaged: ${what}. It is removed.`);
}

function known(field: number): number | undefined {
  return Number.isNaN(field) ? undefined : field;
}

function parseFrozen(bytes: Buffer, start: number, end: number): unknown {
  return freezeParsed(parsed(bytes, start, end), end - start).value;
}

function parsed(bytes: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(bytes.toString("utf8", start, end));
  } catch {
    throw damaged("its value is not JSON");
  }
}
