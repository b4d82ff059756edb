/** Milliseconds to wait after a refusal that names no time; doubled each time that nothing got through. */
const firstGuess = 1_000;
const longestGuess = 60_000;

/** Milliseconds that a wait lasts at least, doubled each time that nothing got through. */
const shortestWait = 50;
const longestShortest = 8_000;

/** Milliseconds: however long a vendor's limit lasts, a day later it is asked again. */
const longestBlock = 24 * 3_600_000;

/** Milliseconds for which calls are counted before any limit is known. */
const countedFor = 60_000;

/** The part of a window in which its calls are let go, one after the other. */
const spread = 0.05;

/** The part of a wait by which it is prolonged at the most, so that many processes do not come back at once. */
const jitter = 0.03;
/** Windows in a row that may have come too soon, before the limit is taken for another. */
const mostEarly = 5;

/** So much a window is longer than was named at the least: the way to the vendor is not always as long. */
const leastJitter = 0.01;

/** The part of a window by which it is longer at the most, where its first call was long on the way. */
const longestWay = 0.05;

/** Milliseconds without a refusal after which a limit is forgotten. */
const rememberedFor = 300_000;

interface Before {
  readonly limit: number;
  readonly begun: number;
}

/**
 * What is known of the limit of one credential for one model: so many calls in so many milliseconds,
 * as the refusals and the waits that came with them tell. All times are on the clock of
 * `performance.now()`.
 */
export class LearnedLimit {
  readonly #random: () => number;
  /** Calls in one window; Infinity while no limit is known. */
  #limit = Number.POSITIVE_INFINITY;
  /** Milliseconds of one window. */
  #period = 0;
  /** The same as it was measured; the period is longer where windows came too soon. */
  #measured = 0;
  /** So many calls have gone in a window of this length without a refusal. */
  #proven = 0;
  #blockedUntil = 0;
  #lastRefusal = Number.NEGATIVE_INFINITY;
  /** Windows in a row of which no call got through. */
  #barren = 0;
  /** The next window begins with one call: how long to wait was a guess. */
  #careful = false;

  #window = 0;
  #begun = Number.NEGATIVE_INFINITY;
  #released = 0;
  #refused = 0;
  #named = 0;
  #firstAdmitted: number | undefined;
  #jitter = 0;
  /** The window began before the vendor's. */
  #early = false;
  /** So many windows in a row did before it. */
  #earlyBefore = 0;
  #before: Before = { limit: Number.POSITIVE_INFINITY, begun: 0 };

  /** Full windows without a refusal since the limit was last raised. */
  #clean = 0;
  /** How many of them it takes to raise it. */
  #patience = 2;
  #step = 1;
  #raised = false;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  get limit(): number {
    return this.#limit;
  }

  get period(): number {
    return this.#period;
  }

  /** Until when the vendor wants no call; in the past where it takes them. */
  get blockedUntil(): number {
    return this.#blockedUntil;
  }

  /** When the next call may go: now, later, or, where one call has gone to see, not before it is known. */
  readyAt(now: number): number {
    if (this.#blockedUntil > now) return this.#blockedUntil;
    if (this.#limit === Number.POSITIVE_INFINITY) return now;
    this.#turn(now);
    if (this.#released === 0) return now;
    if (this.#careful && this.#firstAdmitted === undefined) return Number.POSITIVE_INFINITY;
    if (this.#released >= this.#limit) return this.#end();
    return Math.max(now, this.#begun + this.#released * this.#gap());
  }

  /** A call goes. Gives the number of its window. */
  release(now: number): number {
    const isKnown = this.#limit !== Number.POSITIVE_INFINITY;
    if (isKnown) this.#turn(now);
    else if (now - this.#begun > countedFor) this.#released = 0;
    if (this.#released === 0) this.#open(now);
    this.#released += 1;
    return this.#window;
  }

  /** A call of the window got through. */
  admitted(window: number, now: number): void {
    if (window !== this.#window || this.#firstAdmitted !== undefined) return;
    this.#firstAdmitted = now;
    this.#barren = 0;
  }

  /** A call of the window has ended, and whether it would have got through nobody knows. */
  untold(window: number): void {
    const isScout = this.#careful && this.#firstAdmitted === undefined && this.#refused === 0;
    if (window === this.#window && isScout) this.#released = 0;
  }

  /**
   * A call of the window was refused.
   * @param named Milliseconds that the vendor said to wait
   */
  refused(window: number, named: number | undefined, now: number): void {
    this.#lastRefusal = now;
    if (window !== this.#window) return;
    this.#refused += 1;
    if (this.#refused === 1) this.#early = this.#isEarly();
    if (!this.#early && this.#released <= this.#proven) this.#proven = 0;
    if (this.#refused === 1 || (named ?? 0) > this.#named) this.#block(named, now);
    if (this.#early) return;
    const admitted = this.#released - this.#refused;
    if (admitted > 0) this.#limit = Math.max(admitted, Math.min(this.#proven, this.#limit));
    else this.#foundBarren();
  }

  /** Whether nothing of it is worth keeping. */
  isForgettable(now: number): boolean {
    return this.#blockedUntil <= now && now - this.#lastRefusal > rememberedFor;
  }

  #block(named: number | undefined, now: number): void {
    const doubled = 2 ** Math.min(this.#barren, 10);
    const least = Math.min(longestShortest, shortestWait * doubled);
    const guess = Math.min(longestGuess, firstGuess * doubled);
    const wait = Math.max(named ?? guess, least);
    const shaken = wait * (1 + this.#random() * (named === undefined ? 0.25 : jitter));
    this.#named = named ?? 0;
    this.#careful = named === undefined || this.#earlyBefore > 0;
    this.#blockedUntil = Math.max(this.#blockedUntil, now + Math.min(longestBlock, shaken));
    if (this.#early) this.#period *= 1 + jitter * 2 ** this.#earlyBefore;
    else if (this.#proven === 0) this.#measure(this.#whole(wait, named, now));
    this.#clean = 0;
    this.#step = 1;
    if (this.#raised) this.#patience = Math.min(64, this.#patience * 2);
    this.#raised = false;
  }

  /** No more had gone than got through in a window before: this one only came a little too soon. */
  #isEarly(): boolean {
    return this.#released <= this.#proven && this.#earlyBefore < mostEarly;
  }

  /** How long the window was. A wait of whole seconds was rounded up to them, for windows last such. */
  #whole(wait: number, named: number | undefined, now: number): number {
    const isRounded = named !== undefined && wait % 1_000 === 0;
    if (!isRounded) return wait + this.#spent(wait, now);
    return 1_000 * Math.floor((wait + now - this.#begun) / 1_000);
  }

  /** What of the window had passed at its refusal; a little is but the way to the vendor and back. */
  #spent(wait: number, now: number): number {
    const spent = now - (this.#firstAdmitted ?? now);
    return spent > wait / 4 ? spent : 0;
  }

  /** No call of this window got through: the one before it was not over yet. */
  #foundBarren(): void {
    const { limit, begun } = this.#before;
    const isKnown = limit !== Number.POSITIVE_INFINITY;
    this.#limit = isKnown ? limit : 1;
    if (isKnown) this.#measure(this.#blockedUntil - begun);
    this.#proven = 0;
    this.#careful = true;
    this.#barren += 1;
  }

  #measure(period: number): void {
    this.#period = period;
    this.#measured = period;
  }

  #open(now: number): void {
    const follows = now - this.#end() <= this.#period;
    const begun = this.#barren > 0 ? this.#before.begun : this.#begun;
    this.#before = { limit: this.#limit, begun: follows ? begun : now };
    this.#begun = now;
    this.#earlyBefore = this.#early ? this.#earlyBefore + 1 : 0;
    this.#early = false;
    this.#window += 1;
    this.#released = 0;
    this.#refused = 0;
    this.#named = 0;
    this.#firstAdmitted = undefined;
    const shaken = Math.max(leastJitter, this.#random() * jitter);
    this.#jitter = Math.min(1_000, this.#period * shaken);
  }

  /** Ends the window where its time is over, and raises the limit after some that were full and clean. */
  #turn(now: number): void {
    if (this.#released === 0 || now < this.#end()) return;
    const isFull = this.#released >= this.#limit;
    if (this.#refused === 0) {
      this.#careful = false;
      if (isFull) this.#raise();
    }
    this.#released = 0;
  }

  #raise(): void {
    this.#proven = this.#limit;
    this.#period -= (this.#period - this.#measured) / 8;
    if (this.#raised) this.#patience = 1;
    this.#raised = false;
    this.#clean += 1;
    if (this.#clean < this.#patience) return;
    this.#limit += this.#step;
    this.#step *= 2;
    this.#clean = 0;
    this.#raised = true;
  }

  #end(): number {
    if (this.#refused > 0) return this.#blockedUntil;
    return this.#begun + this.#period + Math.max(this.#jitter, this.#way());
  }

  /** How long the window's first call was on its way: the vendor's window began when it arrived. */
  #way(): number {
    const way = (this.#firstAdmitted ?? this.#begun) - this.#begun;
    return Math.min(1_000, this.#period * longestWay, way);
  }

  #gap(): number {
    return (this.#period * spread) / this.#limit;
  }
}
