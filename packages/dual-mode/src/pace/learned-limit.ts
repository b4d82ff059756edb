import { type LearnedState, nothingLearned } from "./learned-state.ts";

import { waitAfter } from "./wait-after.ts";

/** In ms: however long a vendor's limit lasts, the vendor is asked again after a day. */
const longestBlock = 24 * 3_600_000;

/** How long calls are counted before any limit is known, in ms. */
const countedFor = 60_000;

/** The share of a window over which the starts of its calls are spread. */
const spread = 0.05;

/** The largest share by which a wait is prolonged, so that processes come back one by one. */
const jitter = 0.03;
/** Early windows in a row after which the limit is assumed to have changed. */
const mostEarly = 5;

/** The smallest share by which a window is prolonged: requests differ in their travel time. */
const leastJitter = 0.01;

/** The largest share by which a window is prolonged if its first call took long to arrive. */
const longestWay = 0.05;

/** Milliseconds without a refusal after which a limit is forgotten. */
const rememberedFor = 300_000;

/**
 * The limit of one credential for one model, in calls per window. It is learned from refusals and
 * the waits that come with them. All times are on the clock of `performance.now()`.
 */
export class LearnedLimit {
  readonly #random: () => number;
  readonly #state: LearnedState;

  constructor(random: () => number = Math.random, state: LearnedState = nothingLearned()) {
    this.#random = random;
    this.#state = state;
  }

  /** Everything that is known at the moment. */
  get state(): Readonly<LearnedState> {
    return this.#state;
  }

  get limit(): number {
    return this.#state.limit;
  }

  get period(): number {
    return this.#state.period;
  }

  /** The time until which the vendor accepts no call; in the past if it accepts them. */
  get blockedUntil(): number {
    return this.#state.blockedUntil;
  }

  /** Returns when the next call may start; Infinity while one call tests the limit. */
  readyAt(now: number): number {
    if (this.#state.blockedUntil > now) return this.#state.blockedUntil;
    if (this.#state.limit === Number.POSITIVE_INFINITY) return now;
    this.#turn(now);
    if (this.#state.released === 0) return now;
    if (this.#state.careful && this.#state.firstAdmitted === undefined)
      return Number.POSITIVE_INFINITY;
    if (this.#state.released >= this.#state.limit) return this.#end();
    return Math.max(now, this.#state.begun + this.#state.released * this.#gap());
  }

  /** Counts a call that starts, and returns the number of its window. */
  release(now: number): number {
    const isKnown = this.#state.limit !== Number.POSITIVE_INFINITY;
    if (isKnown) this.#turn(now);
    else if (now - this.#state.begun > countedFor) this.#state.released = 0;
    if (this.#state.released === 0) this.#open(now);
    this.#state.released += 1;
    return this.#state.window;
  }

  /** Notes that a call of the window succeeded. */
  admitted(window: number, now: number): void {
    if (window !== this.#state.window || this.#state.firstAdmitted !== undefined) return;
    this.#state.firstAdmitted = now;
    this.#state.barren = 0;
  }

  /** Notes that a call of the window ended without showing whether the vendor accepts it. */
  untold(window: number): void {
    const isScout =
      this.#state.careful && this.#state.firstAdmitted === undefined && this.#state.refused === 0;
    if (window === this.#state.window && isScout) this.#state.released = 0;
  }

  /**
   * Notes that a call of the window was refused.
   *
   * @param named The wait that the vendor named, in ms
   */
  refused(window: number, named: number | undefined, now: number): void {
    this.#state.lastRefusal = now;
    if (window !== this.#state.window) return;
    this.#state.refused += 1;
    if (this.#state.refused === 1) this.#state.early = this.#isEarly();
    if (!this.#state.early && this.#state.released <= this.#state.proven) this.#state.proven = 0;
    if (this.#state.refused === 1 || (named ?? 0) > this.#state.named) this.#block(named, now);
    if (this.#state.early) return;
    const admitted = this.#state.released - this.#state.refused;
    if (admitted > 0)
      this.#state.limit = Math.max(admitted, Math.min(this.#state.proven, this.#state.limit));
    else this.#foundBarren();
  }

  /** Gives back the place of a call that was counted but not made. */
  giveBack(window: number): void {
    if (window === this.#state.window && this.#state.released > 0) this.#state.released -= 1;
  }

  /** Whether the next window waits for the result of one call that tests the limit. */
  get isScouting(): boolean {
    const { careful, firstAdmitted, released, refused } = this.#state;
    return careful && firstAdmitted === undefined && released > 0 && refused === 0;
  }

  /** Whether nothing of it is worth keeping. */
  isForgettable(now: number): boolean {
    return this.#state.blockedUntil <= now && now - this.#state.lastRefusal > rememberedFor;
  }

  #block(named: number | undefined, now: number): void {
    const wait = waitAfter(named, this.#state.barren);
    const shaken = wait * (1 + this.#random() * (named === undefined ? 0.25 : jitter));
    this.#state.named = named ?? 0;
    this.#state.careful = named === undefined || this.#state.earlyBefore > 0;
    this.#state.blockedUntil = Math.max(
      this.#state.blockedUntil,
      now + Math.min(longestBlock, shaken),
    );
    if (this.#state.early) this.#state.period *= 1 + jitter * 2 ** this.#state.earlyBefore;
    else if (this.#state.proven === 0) this.#measure(this.#whole(wait, named, now));
    this.#state.clean = 0;
    this.#state.step = 1;
    if (this.#state.raised) this.#state.patience = Math.min(64, this.#state.patience * 2);
    this.#state.raised = false;
  }

  /** Whether an earlier window let as many calls succeed, so that this one only began too early. */
  #isEarly(): boolean {
    return this.#state.released <= this.#state.proven && this.#state.earlyBefore < mostEarly;
  }

  /**
   * Returns the length of the window. A wait in whole seconds was rounded up, because windows last
   * whole seconds.
   */
  #whole(wait: number, named: number | undefined, now: number): number {
    const isRounded = named !== undefined && wait % 1_000 === 0;
    if (!isRounded) return wait + this.#spent(wait, now);
    return 1_000 * Math.floor((wait + now - this.#state.begun) / 1_000);
  }

  /** Returns how much of the window had passed; a small part is only travel time. */
  #spent(wait: number, now: number): number {
    const spent = now - (this.#state.firstAdmitted ?? now);
    return spent > wait / 4 ? spent : 0;
  }

  /** Notes that no call of this window succeeded: the vendor's window before it had not ended. */
  #foundBarren(): void {
    const { limit, begun } = this.#state.before;
    const isKnown = limit !== Number.POSITIVE_INFINITY;
    this.#state.limit = isKnown ? limit : 1;
    if (isKnown) this.#measure(this.#state.blockedUntil - begun);
    this.#state.proven = 0;
    this.#state.careful = true;
    this.#state.barren += 1;
  }

  #measure(period: number): void {
    this.#state.period = period;
    this.#state.measured = period;
  }

  #open(now: number): void {
    const follows = now - this.#end() <= this.#state.period;
    const begun = this.#state.barren > 0 ? this.#state.before.begun : this.#state.begun;
    this.#state.before = { limit: this.#state.limit, begun: follows ? begun : now };
    this.#state.begun = now;
    this.#state.earlyBefore = this.#state.early ? this.#state.earlyBefore + 1 : 0;
    this.#state.early = false;
    this.#state.window += 1;
    this.#state.released = 0;
    this.#state.refused = 0;
    this.#state.named = 0;
    this.#state.firstAdmitted = undefined;
    const shaken = Math.max(leastJitter, this.#random() * jitter);
    this.#state.jitter = Math.min(1_000, this.#state.period * shaken);
  }

  /** Ends the window at its time, and raises the limit after full windows without a refusal. */
  #turn(now: number): void {
    if (this.#state.released === 0 || now < this.#end()) return;
    const isFull = this.#state.released >= this.#state.limit;
    if (this.#state.refused === 0) {
      this.#state.careful = false;
      if (isFull) this.#raise();
    }
    this.#state.released = 0;
  }

  #raise(): void {
    this.#state.proven = this.#state.limit;
    this.#state.period -= (this.#state.period - this.#state.measured) / 8;
    if (this.#state.raised) this.#state.patience = 1;
    this.#state.raised = false;
    this.#state.clean += 1;
    if (this.#state.clean < this.#state.patience) return;
    this.#state.limit += this.#state.step;
    this.#state.step *= 2;
    this.#state.clean = 0;
    this.#state.raised = true;
  }

  #end(): number {
    if (this.#state.refused > 0) return this.#state.blockedUntil;
    return this.#state.begun + this.#state.period + Math.max(this.#state.jitter, this.#way());
  }

  /** Returns the travel time of the first call: the vendor's window begins on its arrival. */
  #way(): number {
    const way = (this.#state.firstAdmitted ?? this.#state.begun) - this.#state.begun;
    return Math.min(1_000, this.#state.period * longestWay, way);
  }

  #gap(): number {
    return (this.#state.period * spread) / this.#state.limit;
  }
}
