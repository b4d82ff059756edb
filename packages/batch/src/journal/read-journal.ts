import { stat } from "node:fs/promises";
import { BatchError } from "../batch-error.ts";
import { readLines } from "../input/read-lines.ts";
import { type AskedHow, type Entry, type JournalHead, readEntry } from "./entry.ts";

/** The journal of an earlier run. */
export interface ReadJournal {
  /** Includes how the lines were sent last. */
  readonly head: JournalHead;
  /** Reads the entries from the disk each time, with only one of them in memory. */
  readonly entries: () => AsyncGenerator<FoundEntry>;
  /** Size of the head in bytes. */
  readonly headEnd: number;
  /** Bytes of the journal that were synced to the disk, together with all that they record. */
  readonly durableEnd: number;
}

export interface FoundEntry {
  readonly entry: Entry;
  /** Where the entry's line ends. */
  readonly end: number;
}

/**
 * Reads a journal; returns undefined if there is none, or if not even its head was written
 * completely.
 * @throws {@link BatchError} `JOURNAL_UNREADABLE` for a file that is not a journal
 */
export async function readJournal(path: string): Promise<ReadJournal | undefined> {
  const size = await sizeOf(path);
  if (size === undefined) return undefined;
  const lines = wholeLines(path, size);
  const first = await lines.next();
  await lines.return(undefined);
  if (first.done) return undefined;
  let head = headOf(first.value.text, path);
  const entries = () => entriesOf(path, size);
  let durableEnd = 0;
  for await (const { entry } of entries()) {
    if (entry[0] === "durable") durableEnd = entry[1];
    if (entry[0] === "retry" && entry[1] !== undefined) head = askedAs(head, entry[1]);
  }
  return { head, headEnd: first.value.end, entries, durableEnd };
}

async function* entriesOf(path: string, size: number): AsyncGenerator<FoundEntry> {
  const lines = wholeLines(path, size);
  await lines.next();
  for await (const { text, end } of lines) {
    const entry = readEntry(text);
    if (entry === "unknown") throw unknownJournal(path);
    if (entry === undefined) return;
    yield { entry, end };
  }
}

/**
 * Reads the complete lines. What follows the last line end was being written when the run was
 * killed.
 */
async function* wholeLines(
  path: string,
  size: number,
): AsyncGenerator<{ readonly text: string; readonly end: number }> {
  let end = 0;
  for await (const { bytes = Buffer.alloc(0) } of readLines(path)) {
    end += bytes.length + 1;
    if (end > size) return;
    yield { text: bytes.toString("utf8"), end };
  }
}

/** Returns the size of a file in bytes; undefined if it does not exist. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Removes the old model, because the new one may be unknown. */
function askedAs({ model: _, ...head }: JournalHead, how: AskedHow): JournalHead {
  return { ...head, ...how };
}

function headOf(text: string, path: string): JournalHead {
  try {
    const head = JSON.parse(text) as JournalHead;
    if (head.batch === 1 && Number.isSafeInteger(head.lines)) return head;
  } catch {
    // Reported below.
  }
  throw unknownJournal(path);
}

function unknownJournal(path: string): BatchError {
  return new BatchError(
    "JOURNAL_UNREADABLE",
    `The file ${path} is not a batch journal that this version knows.`,
    "Name another output, or move that file away.",
  );
}
