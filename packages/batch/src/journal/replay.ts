import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import type { Entry } from "./entry.ts";
import type { ReadJournal } from "./read-journal.ts";
import { Settled } from "./settled.ts";

/** What a journal tells, as far as it is true. */
export interface Replayed {
  readonly settled: Settled;
  /** Where its last entry that counts ends. */
  readonly end: number;
}

/**
 * Goes through a journal. What the disk had is taken as it is told. Behind that a machine that lost
 * its power may have kept the journal and not the text: there each text is held against its checksum,
 * and from the first on that is another one nothing counts.
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
