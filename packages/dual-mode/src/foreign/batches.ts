import type { AtHandIterator } from "./at-hand.ts";

/**
 * Yields values one by one that arrive several at a time. It is not a generator, because one that
 * waits for a value could not be left.
 */
export abstract class Batches<T extends object> implements AtHandIterator<T> {
  #batch: readonly T[] = [];
  #position = 0;
  #over = false;

  /** Returns the next values, of which there may be none yet; undefined at the end. */
  protected abstract more(): Promise<readonly T[] | undefined>;

  /**
   * Called when nothing more is wanted. The result of a `more` that is in progress is then ignored.
   */
  protected abstract leave(): Promise<void>;

  /** Whether the end was reached, or the reader has left. */
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
