import { createReadStream } from "node:fs";
import { link, rename, rm, writeFile } from "node:fs/promises";
import { Failure, UsageError } from "../../failure.ts";
import { print, printJson } from "../../output/terminal.ts";
import { unwritable } from "../../output/unwritable.ts";
import { diskPlace, recordingsPlace } from "./places.ts";
import { answersOf } from "./read-car.ts";
import { carOf } from "./write-car.ts";

interface ExportOptions {
  readonly from?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

interface ImportOptions {
  readonly to?: string;
  /** Milliseconds. */
  readonly ttl?: number;
  readonly json?: boolean;
}

/** Writes the answers of this machine's cache, or of a folder of recordings, to a CAR file. */
export async function exportAnswers(file: string, options: ExportOptions): Promise<void> {
  const { from, force = false, json } = options;
  const answers = await (from === undefined ? diskPlace() : recordingsPlace(from)).all();
  if (answers.length === 0) {
    const where = from ?? "The cache";
    throw new Failure("NOTHING_KEPT", `${where} has no answers.`, "Nothing was written.");
  }
  await writeWhole(file, await carOf(answers), force);
  const withRequest = answers.filter(({ request }) => request !== undefined).length;
  if (json) printJson({ file, answers: answers.length, requests: withRequest });
  else print(lines({ answers: answers.length, requests: withRequest }));
}

/** Imports what is not there yet, or nothing at all if a block does not match its CID. */
export async function importAnswers(file: string, options: ImportOptions): Promise<void> {
  const { to, ttl, json } = options;
  if (to !== undefined && ttl !== undefined) {
    throw new UsageError(
      "Recordings do not expire: --ttl is only for the cache.",
      "Leave one out.",
    );
  }
  const answers = await answersOf(createReadStream(file), file).catch(unreadable(file));
  const place = to === undefined ? diskPlace(ttl) : recordingsPlace(to);
  const counts = await place.take(answers);
  if (json) printJson({ file, ...counts });
  else print(lines(counts));
}

function unreadable(file: string) {
  return (error: unknown): never => {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const message = `The file ${file} cannot be read: ${code}.`;
    throw new UsageError(message, "Name a file that you may read.", "FILE_UNREADABLE");
  };
}

/** Readable only by its owner: answers may be private. */
async function writeWhole(file: string, bytes: Uint8Array, replaces: boolean): Promise<void> {
  const unfinished = `${file}.${process.pid}`;
  try {
    await writeFile(unfinished, bytes, { flag: "wx", mode: 0o600 });
    if (replaces) await rename(unfinished, file);
    else await link(unfinished, file);
  } catch (error) {
    throw notWritten(file, error);
  } finally {
    await rm(unfinished, { force: true });
  }
}

function notWritten(file: string, error: unknown): Failure {
  if ((error as NodeJS.ErrnoException).code !== "EEXIST") return unwritable(file, error);
  const message = `There is a file ${file} already.`;
  return new Failure("FILE_EXISTS", message, "Name another, or replace it with --force.", error);
}

function lines(counts: object): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name.padEnd(10)}  ${count}`)
    .join("\n");
}
