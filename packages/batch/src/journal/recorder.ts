import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { BatchError, reasonOf } from "../batch-error.ts";
import type { Entry } from "./entry.ts";
import type { BatchFiles } from "./open-files.ts";
import type { Settled } from "./settled.ts";

interface Waiting {
  readonly text: string;
  readonly entry: Entry;
  readonly isWritten: () => void;
  readonly isLost: (error: unknown) => void;
}

/**
 * Writes what comes, all that has come meanwhile at once: from then on no kill of the process loses it.
 * The disk is waited for behind that, so that a slow one delays no line; a mark in the journal says
 * how far it has all, and what is behind the mark is checked when the batch goes on.
 */
export class Recorder {
  readonly settled: Settled;
  readonly #files: BatchFiles;
  readonly #onDurable: () => void;
  #journalEnd: number;
  #outputEnd: number;
  #failuresEnd: number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #syncing: Promise<void> | undefined;
  /** More was written than the disk was asked to have. */
  #isDirty = false;
  #broken: BatchError | undefined;

  constructor(files: BatchFiles, onDurable: () => void) {
    this.#files = files;
    this.#onDurable = onDurable;
    this.settled = files.settled;
    this.#journalEnd = files.journalEnd;
    this.#outputEnd = files.settled.outputEnd;
    this.#failuresEnd = files.settled.failuresEnd;
  }

  /** Resolves when it is written. */
  answered(index: number, text: string, cost: number | null): Promise<void> {
    this.#outputEnd += Buffer.byteLength(text);
    return this.#add(["answered", index, this.#outputEnd, crc32(text), cost], text);
  }

  failed(index: number, text: string, cost: number | null): Promise<void> {
    this.#failuresEnd += Buffer.byteLength(text);
    return this.#add(["failed", index, this.#failuresEnd, crc32(text), cost], text);
  }

  /** Resolves when the disk has it. */
  async begun(index: number, most: number): Promise<void> {
    await this.#add(["begun", index, most], "");
    await this.durable();
  }

  /** Forgets the failures: their lines are to be asked again. */
  async retry(): Promise<void> {
    await this.#add(["retry"], "");
    await this.durable();
    this.#failuresEnd = 0;
    await this.#files.failures.truncate(0);
  }

  /** The text of a line that is answered or has failed. */
  async read(index: number): Promise<string> {
    const { start, end } = this.settled.placeOf(index);
    const { output, failures } = this.#files;
    const file = this.settled.isAnswered(index) ? output : failures;
    const buffer = Buffer.alloc(end - start);
    await file.read(buffer, 0, buffer.length, start);
    return buffer.toString("utf8");
  }

  /** Resolves when the disk has all that was written so far. */
  async durable(): Promise<void> {
    await this.#syncing;
    if (this.#broken !== undefined) throw this.#broken;
  }

  #add(entry: Entry, text: string): Promise<void> {
    return new Promise((isWritten, isLost) => {
      if (this.#broken !== undefined) return isLost(this.#broken);
      this.#waiting.push({ entry, text, isWritten, isLost });
      this.#writing ??= this.#write();
    });
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      // What settles in this turn of the loop goes along.
      await new Promise((resolve) => setImmediate(resolve));
      const taken = this.#waiting.splice(0);
      try {
        await this.#writeAll(taken);
      } catch (error) {
        this.#break(error, taken);
        break;
      }
      for (const { entry } of taken) this.settled.apply(entry);
      for (const { isWritten } of taken) isWritten();
      if (taken.every(({ entry }) => entry[0] === "durable")) continue;
      this.#isDirty = true;
      this.#syncing ??= this.#sync();
    }
    this.#writing = undefined;
  }

  async #writeAll(taken: readonly Waiting[]): Promise<void> {
    const { output, failures, journal } = this.#files;
    const textOf = (kind: Entry[0]) =>
      taken.map(({ entry, text }) => (entry[0] === kind ? text : "")).join("");
    await append(output, textOf("answered"), this.settled.outputEnd);
    await append(failures, textOf("failed"), this.settled.failuresEnd);
    const lines = taken.map(({ entry }) => `${JSON.stringify(entry)}\n`).join("");
    await append(journal, lines, this.#journalEnd);
    this.#journalEnd += Buffer.byteLength(lines);
  }

  /** Waits for the disk, as long as more was written meanwhile. */
  async #sync(): Promise<void> {
    const { output, failures, journal } = this.#files;
    try {
      while (this.#isDirty) {
        this.#isDirty = false;
        const end = this.#journalEnd;
        await Promise.all([output, failures, journal].map((file) => file.datasync()));
        this.#onDurable();
        await this.#add(["durable", end], "");
      }
    } catch (error) {
      this.#break(error, []);
    }
    this.#syncing = undefined;
  }

  #break(error: unknown, taken: readonly Waiting[]): void {
    this.#broken ??= BatchError.is(error) ? error : unwritable(error);
    for (const { isLost } of [...taken, ...this.#waiting.splice(0)]) isLost(this.#broken);
  }
}

async function append(file: FileHandle, text: string, at: number): Promise<void> {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}

function unwritable(error: unknown): BatchError {
  const message = `The answers cannot be written: ${reasonOf(error)}.`;
  const fix = "Make room for them, and start the batch again: it goes on where it was.";
  return new BatchError("OUTPUT_UNWRITABLE", message, fix, error);
}
