import type { Limit } from "../contract/part.ts";

/** In ms: a longer wait is left to the vendor to enforce, because a clock may be wrong. */
const longestHold = 60_000;

/** The assumed share of a token limit that one call needs; it is not known before the call. */
const shareOfCall = 0.1;

/** The state of a reported limit, as plain values, so that machines can share it. */
export interface ToldState {
  remaining: number;
  /** On the caller's clock, like all times here except `resetsAt`. */
  at: number;
  whole: number;
  /** Milliseconds in which the limit grows by one call. */
  interval: number;
  /** Whether a call started because the limit was assumed to have grown back a little. */
  leaned: boolean;
  atOnce: boolean;
}

export function nothingTold(): ToldState {
  return {
    remaining: Number.POSITIVE_INFINITY,
    at: 0,
    whole: Number.NEGATIVE_INFINITY,
    interval: 0,
    leaned: false,
    atOnce: false,
  };
}

/**
 * One limit as the vendor last reported it: what remains, and when it is full again. It is assumed
 * to grow back gradually, like the vendors' token buckets, until a refusal shows that it resets at
 * once.
 */
export class ToldLimit {
  readonly #state: ToldState;

  constructor(state: ToldState = nothingTold()) {
    this.#state = state;
  }

  get state(): Readonly<ToldState> {
    return this.#state;
  }

  /** Whether so many calls may start that the limit need not be checked before each. */
  isPlenty(now: number, calls: number): boolean {
    return now >= this.#state.whole || this.#left(now) >= calls;
  }

  /** @param wall The time in ms since the epoch, at the moment `now`. */
  tell(told: Limit, ofCalls: boolean, now: number, wall: number): void {
    const { limit, remaining, resetsAt } = told;
    const wait = (resetsAt ?? Number.NaN) - wall;
    if (remaining === undefined || !(wait > 0 && wait <= longestHold)) {
      this.#state.whole = now;
      return;
    }
    const share = ofCalls ? 1 / Math.max(1, (limit ?? 1) - remaining) : shareOfCall;
    this.#state.remaining = ofCalls
      ? Math.max(0, remaining)
      : remaining > 0
        ? Number.POSITIVE_INFINITY
        : 0;
    this.#state.at = now;
    this.#state.whole = now + wait;
    this.#state.interval = wait * share;
    if (remaining > 0) this.#state.leaned = false;
  }

  /** Returns when a call may start. */
  readyAt(now: number): number {
    if (now >= this.#state.whole || this.#left(now) >= 1) return now;
    if (this.#state.atOnce) return this.#state.whole;
    return Math.min(
      this.#state.whole,
      this.#state.at + (1 - this.#state.remaining) * this.#state.interval,
    );
  }

  release(now: number): void {
    if (now >= this.#state.whole) return;
    if (this.#state.remaining < 1) this.#state.leaned = true;
    this.#state.remaining = this.#left(now) - 1;
    this.#state.at = now;
  }

  /** Notes a refusal: if a call should have fitted, the limit does not grow back gradually. */
  refused(now: number): void {
    if (this.#state.leaned && now < this.#state.whole) this.#state.atOnce = true;
  }

  #left(now: number): number {
    return this.#state.atOnce
      ? this.#state.remaining
      : this.#state.remaining + (now - this.#state.at) / this.#state.interval;
  }
}
