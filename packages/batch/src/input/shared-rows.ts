import type { InputRow } from "./input-row.ts";

/** Rows that are read at a time. */
const atOnce = 64;

/** Rows for several workers, each row for one of them. */
export class SharedRows {
  readonly #rows: AsyncIterator<InputRow>;
  /** In reverse order, so that the next row is at the end. */
  #held: InputRow[] = [];
  #reading: Promise<void> | undefined;
  #isOver = false;

  constructor(rows: AsyncIterator<InputRow>) {
    this.#rows = rows;
  }

  /** Returns the next row; undefined after the last. */
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
