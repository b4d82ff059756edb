import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import type { Entry } from "./entry.ts";
import type { ReadJournal } from "./read-journal.ts";
import { Settled } from "./settled.ts";

/** What a journal records, as far as it is valid. */
export interface Replayed {
  readonly settled: Settled;
  /** Where the last valid entry ends. */
  readonly end: number;
}

/**
 * Reads a journal. Entries up to the last sync are trusted. After a loss of power, the disk may
 * have the entries after it but not their texts, so each of those texts is compared with its
 * checksum; the first that differs, and everything after it, is ignored.
 */
export async function replay(
  { head, entries, headEnd, durableEnd }: ReadJournal,
  headerBytes: number,
  { output, failures }: { readonly output: FileHandle; readonly failures: FileHandle },
): Promise<Replayed> {
  const settled = new Settled(head.lines, headerBytes);
  let end = headEnd;
  for await (const { entry, end: next } of entries()) {
    const isDurable = next <= durableEnd;
    const [file, start] =
      entry[0] === "answered" ? [output, settled.outputEnd] : [failures, settled.failuresEnd];
    if (!isDurable && !(await isThere(file, start, entry))) break;
    settled.apply(entry);
    end = next;
  }
  settled.leaveAll();
  return { settled, end };
}

async function isThere(file: FileHandle, start: number, entry: Entry): Promise<boolean> {
  if (entry[0] !== "answered" && entry[0] !== "failed") return true;
  const [, , end, checksum] = entry;
  if (end < start) return false;
  const bytes = Buffer.alloc(end - start);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
  return bytesRead === bytes.length && crc32(bytes) === checksum;
}
