import type { Limit } from "../contract/part.ts";

/** Milliseconds: what lasts longer is left to the vendor to refuse, for a clock may be wrong. */
const longestHold = 60_000;

/** The part of a limit of tokens that one call is taken to need; nobody knows before it is made. */
const shareOfCall = 0.1;

/** All that is known of a told limit: plain values, so that machines can hand it on. */
export interface ToldState {
  remaining: number;
  /** On the clock of the caller, as all times here but `resetsAt`. */
  at: number;
  whole: number;
  /** Milliseconds in which there is one call more. */
  interval: number;
  /** A call went because the limit was taken to have come back a little. */
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
 * One limit as the vendor last told it: what remains, and when it is whole again. It is taken to come
 * back little by little, as the vendors' buckets do, until a refusal shows that it comes back at once.
 */
export class ToldLimit {
  readonly #state: ToldState;

  constructor(state: ToldState = nothingTold()) {
    this.#state = state;
  }

  get state(): Readonly<ToldState> {
    return this.#state;
  }

  /** Whether so many calls may go that nobody has to ask before each. */
  isPlenty(now: number, calls: number): boolean {
    return now >= this.#state.whole || this.#left(now) >= calls;
  }

  /** @param wall Milliseconds since the epoch, at the moment `now`. */
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

  /** When a call may go. */
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

  /** A call was refused: where one should have fitted, the limit does not come back bit by bit. */
  refused(now: number): void {
    if (this.#state.leaned && now < this.#state.whole) this.#state.atOnce = true;
  }

  #left(now: number): number {
    return this.#state.atOnce
      ? this.#state.remaining
      : this.#state.remaining + (now - this.#state.at) / this.#state.interval;
  }
}
