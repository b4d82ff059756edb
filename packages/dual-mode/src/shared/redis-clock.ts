/** Milliseconds after which a comparison of the clocks expires, because clocks drift. */
const validFor = 10_000;

/** Estimates from the answers of Redis how far its clock is ahead of this process's. */
export class RedisClock {
  #ahead = 0;
  /** The largest error of the estimate. */
  #error = Number.POSITIVE_INFINITY;
  #at = Number.NEGATIVE_INFINITY;

  get ahead(): number {
    return this.#ahead;
  }

  /**
   * Takes in the time of Redis, which it read between `asked` and `answered` on the clock of
   * `performance.now()`.
   */
  told(time: number, asked: number, answered: number): void {
    const ahead = time - (asked + answered) / 2;
    const error = (answered - asked) / 2;
    const isBetter = error <= this.#error || answered - this.#at > validFor;
    const isOther = Math.abs(ahead - this.#ahead) > error + this.#error;
    if (!isBetter && !isOther) return;
    this.#ahead = ahead;
    this.#error = error;
    this.#at = answered;
  }
}
