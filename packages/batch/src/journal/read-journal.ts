import { stat } from "node:fs/promises";
import { BatchError } from "../batch-error.ts";
import { readLines } from "../input/read-lines.ts";
import { type AskedHow, type Entry, type JournalHead, readEntry } from "./entry.ts";

/** What an earlier run has left. */
export interface ReadJournal {
  /** With how its lines were asked last. */
  readonly head: JournalHead;
  /** Its entries, read from the disk each time: no more than one of them is in memory. */
  readonly entries: () => AsyncGenerator<FoundEntry>;
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
 * written.
 * @throws {@link BatchError} `JOURNAL_UNREADABLE` for a file that is no journal
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

/** What is behind its last whole line was being written as the run was killed. */
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

/** Bytes of a file; undefined where there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** A model that is not told is not known. */
function askedAs({ model: _, ...head }: JournalHead, how: AskedHow): JournalHead {
  return { ...head, ...how };
}

function headOf(text: string, path: string): JournalHead {
  try {
    const head = JSON.parse(text) as JournalHead;
    if (head.batch === 1 && Number.isSafeInteger(head.lines)) return head;
  } catch {
    // It is told below.
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
