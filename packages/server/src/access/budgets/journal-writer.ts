import { setTimeout as sleep } from "node:timers/promises";
import { AccessError } from "../access-error.ts";
import type { Settlement } from "./budget-store.ts";
import type { Journal } from "./journal.ts";
import type { JournalFiles } from "./journal-files.ts";
import { type Line, settleLine } from "./journal-line.ts";
import type { Ledger } from "./ledger.ts";

/** Milliseconds until what could not be settled is tried again. */
const pause = 1_000;

interface Waiting {
  /** Undefined while what was written until now is being waited for. */
  readonly lines: readonly Line[];
  readonly done: (journal: Journal) => void;
  readonly failed: (error: unknown) => void;
}

/** Writes lines together that arrive while the disk is busy: one fsync serves all of them. */
export class JournalWriter {
  readonly #files: JournalFiles;
  /** Size of a file, in bytes, after which it is rewritten. */
  readonly #longest: number;
  #journal: Promise<Journal> | undefined;
  #waiting: Waiting[] = [];
  /** What must be written as soon as possible; its callers do not wait. */
  #owed: Line[] = [];
  #work: Promise<void> | undefined;
  #hasFailed = false;
  readonly #closing = new AbortController();
  /** As of the last look: other processes may have written since. */
  ledger: Ledger | undefined;

  constructor(files: JournalFiles, longest: number) {
    this.#files = files;
    this.#longest = longest;
  }

  /** @throws AccessError `UNAVAILABLE`, and the line does not count */
  write(line: Line): Promise<Journal> {
    return this.#queue([line]);
  }

  /**
   * The journal with all that was written until now, by other processes too.
   *
   * @throws AccessError `UNAVAILABLE`
   */
  read(): Promise<Journal> {
    return this.#queue([]);
  }

  settle(settlement: Settlement): void {
    this.#owed.push(settleLine(settlement));
    this.#begin();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#work;
    await (await this.#journal?.catch(() => undefined))?.close();
    this.#journal = undefined;
  }

  #queue(lines: readonly Line[]): Promise<Journal> {
    if (this.#closing.signal.aborted)
      return Promise.reject(unavailable(this.#files.path, "closed"));
    return new Promise((done, failed) => {
      this.#waiting.push({ lines, done, failed });
      this.#begin();
    });
  }

  #begin(): void {
    this.#work ??= this.#writeAll().finally(() => {
      this.#work = undefined;
      const isOver = this.#closing.signal.aborted || this.#waiting.length + this.#owed.length === 0;
      if (!isOver) this.#begin();
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length + this.#owed.length > 0) {
      const waiting = this.#waiting;
      let owed = this.#owed;
      this.#waiting = [];
      this.#owed = [];
      const lines = waiting.flatMap((one) => one.lines);
      let written: readonly Line[] = [];
      try {
        await this.#opened();
        // Once a write has failed, what is owed must succeed before anything new is tried.
        if (this.#hasFailed) {
          await this.#append(owed);
          owed = [];
        }
        written = lines;
        const journal = await this.#append([...owed, ...lines]);
        this.#hasFailed = false;
        this.ledger = journal.ledger;
        for (const { done } of waiting) done(journal);
      } catch (error) {
        for (const { failed } of waiting) failed(unavailable(this.#files.path, error));
        this.#hasFailed = true;
        this.#owed = [...owed, ...written.flatMap(undone), ...this.#owed];
        if (this.#closing.signal.aborted) return;
        await this.#rest();
      }
    }
  }

  /** Neither the next withdrawal nor the end of the process waits for it. */
  async #rest(): Promise<void> {
    const isOver = () => this.#waiting.length > 0 || this.#closing.signal.aborted;
    for (let waited = 0; waited < pause && !isOver(); waited += 50) {
      await sleep(50, undefined, { ref: false });
    }
  }

  /** If the file came to its end meanwhile, the lines are written again: none counts twice. */
  async #append(lines: readonly Line[]): Promise<Journal> {
    let journal = await this.#opened();
    await journal.append(lines);
    if (journal.isLong(this.#longest)) await journal.append([["end"]]);
    while (journal.isOver) {
      this.#journal = undefined;
      await journal.close();
      journal = await this.#opened();
      await journal.append(lines);
    }
    return journal;
  }

  #opened(): Promise<Journal> {
    this.#journal ??= this.#files.open().catch((error) => {
      this.#journal = undefined;
      throw error;
    });
    return this.#journal;
  }
}

/** A withdrawal that failed may still have been written: if so, it is given back. */
function undone(line: Line): Line[] {
  return line[0] === "take" ? [["settle", line[1], line[2], 0]] : [];
}

function unavailable(path: string, cause: unknown): AccessError {
  return new AccessError("UNAVAILABLE", `The journal ${path} cannot be read or written.`, {
    cause,
  });
}
