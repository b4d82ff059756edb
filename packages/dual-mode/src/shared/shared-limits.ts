import type { PaceLimits } from "../contract/pace-limits.ts";
import type { Limits } from "../contract/part.ts";
import type { ModelLimits } from "../pace/model-limits.ts";

/** Milliseconds by which a permit may be given before its time. */
const ahead = 20;
/** Milliseconds after which to check again whether a call that tests the limit has succeeded. */
const pause = 50;
/** Milliseconds after which such a call is given up, because its machine may be gone. */
const longestScout = 30_000;
/** The share of a window that one machine may take at once, so that others get theirs. */
const share = 0.1;
/** If the vendor reports that this many calls are left, no permit is needed. */
const plenty = 64;

/** The shared state of a key, as the limits of one of its models use it. */
export interface KnownLimits {
  /** How far the clock of Redis is ahead of `performance.now()`, in ms. */
  readonly ahead: number;
  isAlone(now: number): boolean;
  isFresh(now: number): boolean;
  known(model: string): ModelLimits;
  note<T>(model: string, change: (limits: ModelLimits) => T, now: boolean): T;
  /** Asks for permits; then `take` and `answered`, or `alone`, are called. */
  askFor(limits: SharedLimits): void;
}

/** Permission for one call, from the shared state. */
interface Permit {
  readonly window: number;
  /** On the clock of Redis. */
  readonly at: number;
}

/**
 * The limits of one model, which all machines count together. While no limit is known, calls start
 * at once and are counted afterwards. Under a limit each call needs a permit, and a machine asks
 * for several at once. While the state is away, the machine uses what it knew last and learns on
 * its own.
 */
export class SharedLimits implements PaceLimits {
  readonly #key: KnownLimits;
  readonly model: string;
  readonly #line: { readonly size: number };
  readonly changed: () => void;
  #permits: readonly Permit[] = [];
  /** The deadline of the call that asked last, on the clock of Redis. */
  #deadline = Number.POSITIVE_INFINITY;
  #isAsking = false;

  constructor(
    key: KnownLimits,
    model: string,
    line: { readonly size: number },
    changed: () => void,
  ) {
    this.#key = key;
    this.model = model;
    this.#line = line;
    this.changed = changed;
  }

  get limit(): number {
    return this.#known.limit;
  }

  get period(): number {
    return this.#known.period;
  }

  get blockedUntil(): number {
    return this.#known.blockedUntil - this.#key.ahead;
  }

  get isAsking(): boolean {
    return this.#isAsking;
  }

  /** Whether it waits for nothing from the key, and holds no permit. */
  get isIdle(): boolean {
    return !this.#isAsking && this.#permits.length === 0;
  }

  readyAt(now: number, deadline: number): number {
    const key = this.#key;
    const at = now + key.ahead;
    if (key.isAlone(now)) return this.#aloneAt(now, deadline);
    if (!key.isFresh(now)) return this.#ask(deadline);
    if (isOpen(this.#known, at)) return now;
    const [permit] = this.#validPermits(at);
    if (permit !== undefined) return Math.max(now, permit.at - key.ahead);
    const next = this.#known.readyAt(at, deadline + key.ahead);
    if (next === Number.POSITIVE_INFINITY) return now + pause;
    return next > at + ahead ? next - key.ahead : this.#ask(deadline);
  }

  /**
   * A call of another machine may be testing the limit; its result does not arrive while Redis is
   * away.
   */
  #aloneAt(now: number, deadline: number): number {
    const at = this.expectedAt(now, deadline);
    return at === Number.POSITIVE_INFINITY ? now + pause : at;
  }

  expectedAt(now: number, deadline: number): number {
    const { ahead } = this.#key;
    const at = now + ahead;
    const ready = this.#known.readyAt(at, deadline + ahead);
    return ready <= at ? now : ready - ahead;
  }

  release(now: number): number {
    const key = this.#key;
    const at = now + key.ahead;
    if (key.isAlone(now)) return this.#known.release(at);
    const [permit, ...rest] = this.#permits;
    this.#permits = rest;
    return permit?.window ?? key.note(this.model, (limits) => limits.release(at), false);
  }

  admitted(window: number, now: number): void {
    const { learned } = this.#known;
    if (window !== learned.state.window || learned.state.firstAdmitted !== undefined) return;
    const at = now + this.#key.ahead;
    const isScout = learned.isScouting;
    this.#key.note(this.model, (limits) => limits.admitted(window, at), isScout);
  }

  untold(window: number): void {
    if (!this.#known.learned.isScouting) return;
    this.#key.note(this.model, (limits) => limits.untold(window), true);
  }

  refused(window: number, wait: number | undefined, now: number): void {
    const at = now + this.#key.ahead;
    const refuse = (limits: ModelLimits) => {
      const isFirst = limits.limit === Number.POSITIVE_INFINITY;
      limits.refused(isFirst ? limits.learned.state.window : window, wait, at);
    };
    this.#key.note(this.model, refuse, true);
  }

  tell(told: Limits, now: number, wall: number): void {
    const at = now + this.#key.ahead;
    this.#key.note(this.model, (limits) => limits.tell(told, at, wall), false);
  }

  isForgettable(now: number): boolean {
    return this.#permits.length === 0 && this.#known.isForgettable(now + this.#key.ahead);
  }

  /** Returns permits for the waiting calls; `now` is on the clock of Redis. */
  take(limits: ModelLimits, now: number): readonly Permit[] {
    if (isOpen(limits, now)) return [];
    const { begun, window } = limits.learned.state;
    if (limits.learned.isScouting && now - begun > longestScout) limits.untold(window);
    const most = Math.max(1, Math.ceil(limits.limit * share));
    const waiting = Math.max(0, this.#line.size - this.#permits.length);
    const wanted = Math.min(waiting, Number.isFinite(most) ? most : plenty);
    const permits: Permit[] = [];
    while (permits.length < wanted) {
      const at = limits.readyAt(now, this.#deadline);
      if (at > now + ahead) break;
      permits.push({ at, window: limits.release(at) });
    }
    return permits;
  }

  /** Called when the requested permits, and the reports of other machines, have arrived. */
  answered(permits: readonly Permit[]): void {
    this.#isAsking = false;
    this.#permits = [...this.#permits, ...permits];
    this.changed();
    if (this.#line.size > 0) return;
    for (const { window } of this.#permits) {
      this.#key.note(this.model, ({ learned }) => learned.giveBack(window), true);
    }
    this.#permits = [];
  }

  /** Called when the state does not answer: waiting calls go on without it. */
  alone(): void {
    this.#isAsking = false;
    this.#permits = [];
    this.changed();
  }

  /** A refusal ends the window to which permits belong. */
  #validPermits(at: number): readonly Permit[] {
    const { blockedUntil, window } = this.#known.learned.state;
    const isOver = blockedUntil > at || (this.#permits[0]?.window ?? window) < window;
    if (isOver && this.#permits.length > 0) {
      this.#permits = this.#permits.filter((one) => blockedUntil <= at && one.window >= window);
    }
    return this.#permits;
  }

  get #known(): ModelLimits {
    return this.#key.known(this.model);
  }

  #ask(deadline: number): number {
    this.#deadline = deadline + this.#key.ahead;
    this.#isAsking = true;
    this.#key.askFor(this);
    return Number.POSITIVE_INFINITY;
  }
}

/** Whether no limit holds a call back, or is about to. */
function isOpen({ learned, told }: ModelLimits, now: number): boolean {
  if (learned.limit !== Number.POSITIVE_INFINITY || learned.blockedUntil > now) return false;
  return [...told.values()].every((limit) => limit.isPlenty(now, plenty));
}
