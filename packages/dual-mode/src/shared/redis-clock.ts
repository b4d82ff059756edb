/** Milliseconds after which an older comparison counts no more: clocks drift. */
const validFor = 10_000;

/** By how much Redis' clock is before this process's, as its answers tell. */
export class RedisClock {
  #ahead = 0;
  /** So much it may be wrong. */
  #error = Number.POSITIVE_INFINITY;
  #at = Number.NEGATIVE_INFINITY;

  get ahead(): number {
    return this.#ahead;
  }

  /** Redis told its time between these two, which are on the clock of `performance.now()`. */
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
