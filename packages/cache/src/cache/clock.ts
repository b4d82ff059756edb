/** How often a reading serves again: a program that never lets timers run sees the time pass too. */
const USES = 64;

/**
 * The time in ms since the epoch. To ask the system for it costs as much as all the rest of a hit in
 * memory, so gets that come many to the millisecond share a reading.
 */
export class Clock {
  readonly #read: () => number;
  readonly #own: boolean;
  #timer: NodeJS.Timeout | undefined;
  #last = 0;
  #uses = 0;

  /** A clock of the caller's is asked every time. */
  constructor(read?: () => number) {
    this.#read = read ?? Date.now;
    this.#own = read === undefined;
  }

  now(): number {
    this.#uses = 0;
    return this.#read();
  }

  /** Up to 1 ms old, or older where no timer could run meanwhile, but for `USES` calls at most. */
  recent(): number {
    if (this.#uses > 0) {
      this.#uses--;
      return this.#last;
    }
    const now = this.#read();
    // Twice within a millisecond: more will follow.
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
