import type { Limit } from "../contract/part.ts";

/** Milliseconds: what lasts longer is left to the vendor to refuse, for a clock may be wrong. */
const longestHold = 60_000;

/** The part of a limit of tokens that one call is taken to need; nobody knows before it is made. */
const shareOfCall = 0.1;

/**
 * One limit as the vendor last told it: what remains, and when it is whole again. It is taken to come
 * back little by little, as the vendors' buckets do, until a refusal shows that it comes back at once.
 */
export class ToldLimit {
  #remaining = Number.POSITIVE_INFINITY;
  /** On the clock of `performance.now()`, as all times here but `resetsAt`. */
  #at = 0;
  #whole = Number.NEGATIVE_INFINITY;
  /** Milliseconds in which there is one call more. */
  #interval = 0;
  /** A call went because the limit was taken to have come back a little. */
  #leaned = false;
  #atOnce = false;

  /** @param wall Milliseconds since the epoch, at the moment `now`. */
  tell(told: Limit, ofCalls: boolean, now: number, wall: number): void {
    const { limit, remaining, resetsAt } = told;
    const wait = (resetsAt ?? Number.NaN) - wall;
    if (remaining === undefined || !(wait > 0 && wait <= longestHold)) {
      this.#whole = now;
      return;
    }
    const share = ofCalls ? 1 / Math.max(1, (limit ?? 1) - remaining) : shareOfCall;
    this.#remaining = ofCalls
      ? Math.max(0, remaining)
      : remaining > 0
        ? Number.POSITIVE_INFINITY
        : 0;
    this.#at = now;
    this.#whole = now + wait;
    this.#interval = wait * share;
    if (remaining > 0) this.#leaned = false;
  }

  /** When a call may go. */
  readyAt(now: number): number {
    if (now >= this.#whole || this.#left(now) >= 1) return now;
    if (this.#atOnce) return this.#whole;
    return Math.min(this.#whole, this.#at + (1 - this.#remaining) * this.#interval);
  }

  release(now: number): void {
    if (now >= this.#whole) return;
    if (this.#remaining < 1) this.#leaned = true;
    this.#remaining = this.#left(now) - 1;
    this.#at = now;
  }

  /** A call was refused: where one should have fitted, the limit does not come back bit by bit. */
  refused(now: number): void {
    if (this.#leaned && now < this.#whole) this.#atOnce = true;
  }

  #left(now: number): number {
    return this.#atOnce ? this.#remaining : this.#remaining + (now - this.#at) / this.#interval;
  }
}
