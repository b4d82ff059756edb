/**
 * The number of calls that share a reading of the clock, so that even a program whose timers never
 * run sees time pass.
 */
const USES = 64;

/**
 * The time in ms since the epoch. Reading the system clock costs as much as the rest of a hit in
 * memory, so calls within the same millisecond share a reading.
 */
export class Clock {
  readonly #read: () => number;
  readonly #own: boolean;
  #timer: NodeJS.Timeout | undefined;
  #last = 0;
  #uses = 0;

  /** A clock that the caller provides is read every time. */
  constructor(read?: () => number) {
    this.#read = read ?? Date.now;
    this.#own = read === undefined;
  }

  now(): number {
    this.#uses = 0;
    return this.#read();
  }

  /**
   * Returns a time that is up to 1 ms old, or older if no timer could run, but for at most `USES`
   * calls.
   */
  recent(): number {
    if (this.#uses > 0) {
      this.#uses--;
      return this.#last;
    }
    const now = this.#read();
    // Two readings within the same millisecond: more are likely to follow.
    if (now === this.#last && this.#own) this.#share();
    this.#last = now;
    return now;
  }

  readonly #forget = (): void => {
    this.#uses = 0;
  };

  #share(): void {
    this.#uses = USES;
    if (this.#timer) this.#timer.refresh();
    else this.#timer = setTimeout(this.#forget, 1).unref();
  }
}
