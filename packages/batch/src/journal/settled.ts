import type { Entry } from "./entry.ts";

const answered = 1;
const failed = 2;

/**
 * The state that a journal records: which lines are settled, where their texts are, and what they
 * have cost.
 */
export class Settled {
  readonly lines: number;
  answered = 0;
  failed = 0;
  /** Where the last answer ends. */
  outputEnd: number;
  failuresEnd = 0;
  /** US dollars. A line that was begun and never settled counts with the most that it may cost. */
  spent = 0;
  unpriced = 0;
  readonly #states: Uint8Array;
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;
  readonly #begun = new Map<number, number>();

  constructor(lines: number, headerBytes: number) {
    this.lines = lines;
    this.outputEnd = headerBytes;
    this.#states = new Uint8Array(lines);
    this.#starts = new Float64Array(lines);
    this.#ends = new Float64Array(lines);
  }

  get pending(): number {
    return this.lines - this.answered - this.failed;
  }

  isAnswered(index: number): boolean {
    return this.#states[index] === answered;
  }

  isFailed(index: number): boolean {
    return this.#states[index] === failed;
  }

  isPending(index: number): boolean {
    return this.#states[index] === 0;
  }

  /** Returns where the text of a line is in its file. */
  placeOf(index: number): { readonly start: number; readonly end: number } {
    return { start: this.#starts[index] ?? 0, end: this.#ends[index] ?? 0 };
  }

  apply(entry: Entry): void {
    switch (entry[0]) {
      case "answered":
        this.#settle(answered, entry[1], [this.outputEnd, entry[2]], entry[4]);
        this.answered += 1;
        this.outputEnd = entry[2];
        return;
      case "failed":
        this.#settle(failed, entry[1], [this.failuresEnd, entry[2]], entry[4]);
        this.failed += 1;
        this.failuresEnd = entry[2];
        return;
      case "begun":
        this.#leave(entry[1]);
        this.#begun.set(entry[1], entry[2]);
        return;
      case "retry":
        for (const [index, state] of this.#states.entries()) {
          if (state === failed) this.#states[index] = 0;
        }
        this.failed = 0;
        this.failuresEnd = 0;
    }
  }

  /**
   * Counts lines whose run has ended without settling them at their most: whether they were billed
   * is unknown.
   */
  leaveAll(): void {
    for (const index of this.#begun.keys()) this.#leave(index);
  }

  #settle(
    state: number,
    index: number,
    [start, end]: readonly [number, number],
    cost: number | null,
  ): void {
    this.#begun.delete(index);
    this.#states[index] = state;
    this.#starts[index] = start;
    this.#ends[index] = end;
    this.spent += cost ?? 0;
    if (cost === null) this.unpriced += 1;
  }

  #leave(index: number): void {
    this.spent += this.#begun.get(index) ?? 0;
    this.#begun.delete(index);
  }
}
