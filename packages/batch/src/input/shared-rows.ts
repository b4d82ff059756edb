import type { InputRow } from "./input-row.ts";

/** Rows that are read at once. */
const atOnce = 64;

/** Rows that several take from, each row by one of them. */
export class SharedRows {
  readonly #rows: AsyncIterator<InputRow>;
  /** The next one is the last of them. */
  #held: InputRow[] = [];
  #reading: Promise<void> | undefined;
  #isOver = false;

  constructor(rows: AsyncIterator<InputRow>) {
    this.#rows = rows;
  }

  /** The next row; undefined behind the last. */
  async next(): Promise<InputRow | undefined> {
    for (;;) {
      const row = this.#held.pop();
      if (row !== undefined || this.#isOver) return row;
      this.#reading ??= this.#read().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
    }
  }

  async #read(): Promise<void> {
    const rows: InputRow[] = [];
    while (rows.length < atOnce && !this.#isOver) {
      const next = await this.#rows.next();
      if (next.done) this.#isOver = true;
      else rows.push(next.value);
    }
    this.#held = rows.reverse();
  }
}
