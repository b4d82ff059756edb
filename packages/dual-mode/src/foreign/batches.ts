import type { AtHandIterator } from "./at-hand.ts";

/** Gives one by one what comes several at a time. Not a generator: one that waits could not be left. */
export abstract class Batches<T extends object> implements AtHandIterator<T> {
  #batch: readonly T[] = [];
  #position = 0;
  #over = false;

  /** What comes next, of which there may be none yet; undefined at the end. */
  protected abstract more(): Promise<readonly T[] | undefined>;

  /** Nothing more is wanted. A `more` that is in progress may still end in any way: nobody hears it. */
  protected abstract leave(): Promise<void>;

  /** Whether the end has come, or the reader has left. */
  protected get over(): boolean {
    return this.#over;
  }

  atHand(): T | undefined {
    const value = this.#batch[this.#position];
    if (value !== undefined) this.#position += 1;
    return value;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    for (;;) {
      const value = this.atHand();
      if (value !== undefined) return { done: false, value };
      if (this.#over) return { done: true, value: undefined };
      await this.#fill();
    }
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#batch = [];
    if (!this.#over) {
      this.#over = true;
      await this.leave();
    }
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #fill(): Promise<void> {
    let batch: readonly T[] | undefined;
    try {
      batch = await this.more();
    } catch (error) {
      if (this.#over) return;
      this.#over = true;
      throw error;
    }
    if (this.#over) return;
    this.#position = 0;
    this.#batch = batch ?? [];
    this.#over = batch === undefined;
  }
}
