import { randomUUID } from "node:crypto";
import { link, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { syncFolder } from "../sync-folder.ts";
import { Journal } from "./journal.ts";
import type { Line } from "./journal-line.ts";

const named = /^budgets-(\d{4}-\d\d)(?:\.(\d+))?\.log$/;

/**
 * The files of one month's journal. Only the last one counts: it begins with the sums of those
 * before it. A file ends with the line that says so, so nobody needs a lock to continue: what comes
 * after that line is ignored, and whoever reads it finds the next file, or makes it from the same
 * lines.
 */
export class JournalFiles {
  readonly #root: string;
  readonly #month: string;

  constructor(root: string, month: string) {
    this.#root = root;
    this.#month = month;
  }

  /** Where the journal begins; it may continue in another file. */
  get path(): string {
    return this.#pathOf(0);
  }

  /** The file that is being written now, read to its end. */
  async open(): Promise<Journal> {
    for (;;) {
      const number = await this.#last();
      const journal = await Journal.open(this.#pathOf(number), number === 0).catch(unlessGone);
      // Between the look and the opening, other processes may have continued and removed the file.
      if (journal === undefined) continue;
      if (!journal.isOver && (number > 0 || (await this.#last()) === 0)) return journal;
      const lines = journal.isOver ? journal.ledger.lines() : undefined;
      await journal.close();
      if (lines !== undefined) await this.#begin(number + 1, lines);
    }
  }

  /**
   * Makes a file that is there either whole or not at all, and on the disk before anything is
   * appended to it.
   */
  async #begin(number: number, lines: readonly Line[]): Promise<void> {
    const draft = join(this.#root, `.${randomUUID()}`);
    try {
      const file = await open(draft, "wx", 0o600);
      try {
        await file.writeFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
        await file.sync();
      } finally {
        await file.close();
      }
      await link(draft, this.#pathOf(number)).catch(unlessThere);
    } finally {
      await rm(draft, { force: true });
    }
    await syncFolder(this.#root);
    // The one before it stays for processes that have already looked.
    const old = (await this.#numbers()).filter((each) => each < number - 1);
    await Promise.all(old.map((each) => rm(this.#pathOf(each), { force: true })));
  }

  async #last(): Promise<number> {
    return Math.max(0, ...(await this.#numbers()));
  }

  async #numbers(): Promise<readonly number[]> {
    const all = (await readdir(this.#root)).map((name) => named.exec(name));
    return all.flatMap((match) => (match?.[1] === this.#month ? Number(match[2] ?? 0) : []));
  }

  #pathOf(number: number): string {
    const name = number === 0 ? this.#month : `${this.#month}.${number}`;
    return join(this.#root, `budgets-${name}.log`);
  }
}

/** The month of a journal's file; undefined for other files. */
export function monthOfFile(name: string): string | undefined {
  return named.exec(name)?.[1];
}

function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
