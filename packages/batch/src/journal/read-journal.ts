import { stat } from "node:fs/promises";
import { BatchError } from "../batch-error.ts";
import { readLines } from "../input/read-lines.ts";
import { type Entry, type JournalHead, readEntry } from "./entry.ts";

/** What an earlier run has left. */
export interface ReadJournal {
  readonly head: JournalHead;
  readonly entries: readonly FoundEntry[];
  /** Bytes of its head. */
  readonly headEnd: number;
  /** Bytes of it that the disk had, with all that they tell of. */
  readonly durableEnd: number;
}

export interface FoundEntry {
  readonly entry: Entry;
  /** Where its line ends. */
  readonly end: number;
}

/**
 * Reads a journal; undefined where there is none, or none of which more than a piece of its head was
 * written. What is behind its last whole line was being written as the run was killed.
 * @throws {@link BatchError} `JOURNAL_UNREADABLE` for a file that is no journal
 */
export async function readJournal(path: string): Promise<ReadJournal | undefined> {
  const size = await sizeOf(path);
  if (size === undefined) return undefined;
  const entries: FoundEntry[] = [];
  let found: Pick<ReadJournal, "head" | "headEnd"> | undefined;
  let durableEnd = 0;
  let end = 0;
  for await (const { bytes = Buffer.alloc(0) } of readLines(path)) {
    const next = end + bytes.length + 1;
    if (next > size) break;
    const text = bytes.toString("utf8");
    if (found === undefined) {
      found = { head: headOf(text, path), headEnd: next };
    } else {
      const entry = readEntry(text);
      if (entry === undefined) break;
      entries.push({ entry, end: next });
      if (entry[0] === "durable") durableEnd = entry[1];
    }
    end = next;
  }
  return found && { ...found, entries, durableEnd };
}

/** Bytes of a file; undefined where there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function headOf(text: string, path: string): JournalHead {
  try {
    const head = JSON.parse(text) as JournalHead;
    if (head.batch === 1 && Number.isSafeInteger(head.lines)) return head;
  } catch {
    // It is told below.
  }
  throw new BatchError(
    "JOURNAL_UNREADABLE",
    `The file ${path} is no journal of a batch that this version knows.`,
    "Name another output, or move that file away.",
  );
}
