import { constants, type FileHandle, open } from "node:fs/promises";
import { BatchError, reasonOf } from "../batch-error.ts";
import { checkJournal } from "./check-journal.ts";
import type { JournalHead } from "./entry.ts";
import { readJournal, sizeOf } from "./read-journal.ts";
import { replay } from "./replay.ts";
import { Settled } from "./settled.ts";
import type { BatchPaths, Wanted } from "./wanted.ts";

/** The files of a batch, and what earlier runs have written to them. */
export interface BatchFiles {
  readonly output: FileHandle;
  readonly failures: FileHandle;
  readonly journal: FileHandle;
  /** The head for this run. */
  readonly head: JournalHead;
  /** Size of the journal in bytes. */
  readonly journalEnd: number;
  readonly settled: Settled;
}

/**
 * Opens the files of a batch: new ones, or those of an earlier run, whose incomplete ends are cut
 * off. A text that is not in the journal may be incomplete, so its line is sent again.
 * @throws {@link BatchError}
 */
export async function openFiles(paths: BatchPaths, wanted: Wanted): Promise<BatchFiles> {
  const found = await readJournal(paths.journal);
  const outputSize = (await sizeOf(paths.output)) ?? 0;
  if (found === undefined) {
    if (outputSize > 0) throw outputExists(paths);
    return openAll(paths, (files) => begin(files, wanted));
  }
  checkJournal(paths, wanted, found.head);
  const { head, header } = wanted;
  return openAll(paths, async (files) => {
    const { settled, end } = await replay(found, Buffer.byteLength(header), files);
    if (settled.answered > 0 && outputSize < settled.outputEnd) throw outputChanged(paths);
    // A complete batch has nothing in progress, so what follows its end was added by the user.
    if (settled.pending > 0) await files.output.truncate(settled.outputEnd);
    if (settled.answered === 0) await files.output.write(header, 0);
    await files.failures.truncate(settled.failuresEnd);
    await files.journal.truncate(end);
    return { ...files, head, journalEnd: end, settled };
  });
}

async function begin(files: Handles, { head, header }: Wanted): Promise<BatchFiles> {
  const text = `${JSON.stringify(head)}\n`;
  await files.journal.truncate(0);
  await files.journal.write(text, 0);
  await files.journal.datasync();
  await files.failures.truncate(0);
  await files.output.write(header, 0);
  const settled = new Settled(head.lines, Buffer.byteLength(header));
  return { ...files, head, journalEnd: Buffer.byteLength(text), settled };
}

type Handles = Pick<BatchFiles, "output" | "failures" | "journal">;

async function openAll(
  paths: BatchPaths,
  prepare: (files: Handles) => Promise<BatchFiles>,
): Promise<BatchFiles> {
  const opened: FileHandle[] = [];
  let path = "";
  const openOne = async (wanted: string) => {
    path = wanted;
    const handle = await open(wanted, constants.O_RDWR | constants.O_CREAT);
    opened.push(handle);
    return handle;
  };
  try {
    const journal = await openOne(paths.journal);
    const output = await openOne(paths.output);
    const failures = await openOne(paths.failures);
    return await prepare({ journal, output, failures });
  } catch (error) {
    for (const handle of opened) await handle.close();
    if (BatchError.is(error)) throw error;
    const message = `The file ${path} cannot be written: ${reasonOf(error)}.`;
    const fix = "Name a place that you may write to.";
    throw new BatchError("OUTPUT_UNWRITABLE", message, fix, error);
  }
}

function outputExists({ output, journal }: BatchPaths): BatchError {
  return new BatchError(
    "OUTPUT_EXISTS",
    `${output} exists already, and no journal ${journal} says that it is of a batch.`,
    "Name another output, or move that file away.",
  );
}

function outputChanged({ output, journal }: BatchPaths): BatchError {
  return new BatchError(
    "OUTPUT_CHANGED",
    `${output} is shorter than its journal says: answers that were in it are gone.`,
    `Put it back, or name another output; without ${journal} every line is asked again.`,
  );
}
