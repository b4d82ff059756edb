import { writeSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { BatchError } from "../batch-error.ts";
import { DiskSync } from "./disk-sync.ts";
import type { Entry } from "./entry.ts";
import type { BatchFiles } from "./open-files.ts";
import type { Settled } from "./settled.ts";
import { unwritable } from "./unwritable.ts";

interface Waiting {
  readonly text: string;
  readonly entry: Entry;
  readonly isWritten: () => void;
  readonly isLost: (error: unknown) => void;
}

/**
 * Writes entries, together with all that arrive at the same time, after which killing the process
 * cannot lose them. It writes synchronously, because a line keeps its slot until it is written, and
 * turns of a busy event loop spent waiting for a thread would send no requests. The sync to the
 * disk follows in a thread. A mark in the journal says up to where everything is on the disk; what
 * follows the mark is verified when the batch continues.
 */
export class Recorder {
  readonly settled: Settled;
  readonly #files: BatchFiles;
  readonly #onDurable: () => void;
  #journalEnd: number;
  #outputEnd: number;
  #failuresEnd: number;
  #waiting: Waiting[] = [];
  readonly #disk = new DiskSync(() => this.#sync());
  /** Files that were written to since the last sync. */
  readonly #written = new Set<FileHandle>();
  #broken: BatchError | undefined;

  constructor(files: BatchFiles, onDurable: () => void) {
    this.#files = files;
    this.#onDurable = onDurable;
    this.settled = files.settled;
    this.#journalEnd = files.journalEnd;
    this.#outputEnd = files.settled.outputEnd;
    this.#failuresEnd = files.settled.failuresEnd;
  }

  /** Resolves when the answer is written. */
  answered(index: number, text: string, cost: number | null): Promise<void> {
    this.#outputEnd += Buffer.byteLength(text);
    return this.#add(["answered", index, this.#outputEnd, crc32(text), cost], text);
  }

  failed(index: number, text: string, cost: number | null): Promise<void> {
    this.#failuresEnd += Buffer.byteLength(text);
    return this.#add(["failed", index, this.#failuresEnd, crc32(text), cost], text);
  }

  /** Resolves when the entry is on the disk. */
  async begun(index: number, most: number): Promise<void> {
    await this.#add(["begun", index, most], "");
    await this.durable();
  }

  /** Resets the failed lines, so that they are sent again with the present options. */
  async retry(): Promise<void> {
    const { failed, pending } = this.settled;
    if (failed + pending === 0) return;
    const { asked, model } = this.#files.head;
    await this.#add(["retry", { asked, ...(model !== undefined && { model }) }], "");
    await this.durable();
    this.#failuresEnd = 0;
    await this.#files.failures.truncate(0);
  }

  /** Returns the text of a line that was answered or has failed. */
  async read(index: number): Promise<string> {
    const { start, end } = this.settled.placeOf(index);
    const { output, failures } = this.#files;
    const file = this.settled.isAnswered(index) ? output : failures;
    const buffer = Buffer.alloc(end - start);
    await file.read(buffer, 0, buffer.length, start);
    return buffer.toString("utf8");
  }

  /** Resolves when everything written so far is on the disk. */
  async durable(): Promise<void> {
    await this.#disk.now();
    if (this.#broken !== undefined) throw this.#broken;
  }

  #add(entry: Entry, text: string): Promise<void> {
    return new Promise((isWritten, isLost) => {
      if (this.#broken !== undefined) return isLost(this.#broken);
      this.#waiting.push({ entry, text, isWritten, isLost });
      if (this.#waiting.length === 1) queueMicrotask(() => this.#write());
    });
  }

  #write(): void {
    const taken = this.#waiting.splice(0);
    try {
      this.#writeAll(taken);
      for (const { entry } of taken) this.settled.apply(entry);
      for (const { isWritten } of taken) isWritten();
      if (taken.some(({ entry }) => entry[0] !== "durable")) this.#disk.soon();
    } catch (error) {
      this.#break(error, taken);
    }
  }

  #writeAll(taken: readonly Waiting[]): void {
    const { output, failures, journal } = this.#files;
    const textOf = (kind: Entry[0]) =>
      taken.map(({ entry, text }) => (entry[0] === kind ? text : "")).join("");
    this.#append(output, textOf("answered"), this.settled.outputEnd);
    this.#append(failures, textOf("failed"), this.settled.failuresEnd);
    const lines = taken.map(({ entry }) => `${JSON.stringify(entry)}\n`).join("");
    this.#append(journal, lines, this.#journalEnd);
    this.#journalEnd += Buffer.byteLength(lines);
  }

  #append(file: FileHandle, text: string, at: number): void {
    if (text === "") return;
    this.#written.add(file);
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(file.fd, bytes, done, bytes.length - done, at + done);
    }
  }

  async #sync(): Promise<void> {
    const end = this.#journalEnd;
    const files = [...this.#written];
    this.#written.clear();
    try {
      await Promise.all(files.map((file) => file.datasync()));
      this.#onDurable();
      await this.#add(["durable", end], "");
    } catch (error) {
      this.#break(error, []);
    }
  }

  #break(error: unknown, taken: readonly Waiting[]): void {
    this.#broken ??= BatchError.is(error) ? error : unwritable(error);
    for (const { isLost } of [...taken, ...this.#waiting.splice(0)]) isLost(this.#broken);
  }
}
