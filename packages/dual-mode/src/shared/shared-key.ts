import { redact } from "@acc/secrets/redact";
import type { Mode } from "../contract/mode.ts";
import type { PaceLimits } from "../contract/pace-limits.ts";
import type { SharedCooldown, SharedCredential } from "../contract/shared-state.ts";
import type { ModelLimits } from "../pace/model-limits.ts";
import { type Known, limitsIn, readKnown, writeKnown } from "./known.ts";
import { RedisCell } from "./redis-cell.ts";
import { RedisClock } from "./redis-clock.ts";
import { type KnownLimits, SharedLimits } from "./shared-limits.ts";
import type { SharedRedis } from "./shared-redis.ts";

/** How long the last read state counts as current, in ms. */
const freshFor = 50;
/** Milliseconds after which changes that are not urgent are sent. */
const soon = 25;
/** Milliseconds after a failure before Redis is asked again. */
const pause = 250;
/** The most changes that are kept while they cannot be sent; the newest are kept. */
const mostKept = 5_000;

/**
 * A change of the state. `lasts` says that applying it twice has the same effect as once, so it is
 * also sent after Redis was away.
 */
interface Change {
  readonly make: (known: Known) => void;
  readonly lasts: boolean;
}

/**
 * The shared state of one key: a copy of it, the changes that are still to be sent, and one
 * exchange at a time.
 */
export class SharedKey implements SharedCredential, KnownLimits {
  readonly #link: SharedRedis;
  readonly #cell: RedisCell;
  readonly #clock = new RedisClock();
  /** The limits that wait for an answer, or hold permits. */
  readonly #asking = new Set<SharedLimits>();
  #known: Known = readKnown("");
  #changes: Change[] = [];
  #wanted = false;
  #exchange: Promise<void> | undefined;
  #waiting: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  #alone = false;
  #notBefore = 0;
  /** When it was last used, on the clock of `performance.now()`. */
  usedAt = 0;

  constructor(link: SharedRedis, key: string) {
    this.#link = link;
    this.#cell = new RedisCell(link.send, key, (...told) => this.#clock.told(...told));
  }

  /** How far the clock of Redis is ahead of `performance.now()`, in ms. */
  get ahead(): number {
    return this.#clock.ahead;
  }

  /** Whether Redis does not answer; it is then asked again from time to time. */
  isAlone(now: number): boolean {
    if (this.#alone && now >= this.#notBefore) this.ask();
    return this.#alone;
  }

  isFresh(now: number): boolean {
    return now - this.#readAt < freshFor;
  }

  known(model: string): ModelLimits {
    return limitsIn(this.#known, model);
  }

  refresh(): Promise<void> | undefined {
    const now = performance.now();
    if (this.isAlone(now) || this.isFresh(now)) return undefined;
    this.ask();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  limits(model: string, line: { readonly size: number }, changed: () => void): PaceLimits {
    return new SharedLimits(this, model, line, changed);
  }

  cooling(mode: Mode, model: string): SharedCooldown | undefined {
    const found = this.#known.cooldowns.get(`${mode} ${model}`);
    if (found === undefined) return undefined;
    const until = found.until - this.ahead;
    return until > performance.now() ? { ...found, until } : undefined;
  }

  cool(mode: Mode, model: string, { failure, until }: SharedCooldown): void {
    const name = `${mode} ${model}`;
    const end = until + this.ahead;
    const message = redact(failure.message);
    const ours = { failure: { ...failure, message }, until: end };
    const make = ({ cooldowns }: Known) => {
      if ((cooldowns.get(name)?.until ?? 0) < end) cooldowns.set(name, ours);
    };
    make(this.#known);
    this.#tell({ make, lasts: true }, true);
  }

  /** Applies a change here at once, and sends it now, or soon together with others. */
  note<T>(model: string, change: (limits: ModelLimits) => T, now: boolean): T {
    const made = change(this.known(model));
    if (this.#alone) return made;
    const make = (known: Known) => void change(limitsIn(known, model));
    this.#tell({ make, lasts: false }, now);
    return made;
  }

  /** Asks for permits for the limits. */
  askFor(limits: SharedLimits): void {
    this.#asking.add(limits);
    this.ask();
  }

  /** Starts an exchange after the current synchronous work. */
  ask(): void {
    this.#wanted = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#exchange ??= Promise.resolve()
      .then(() => this.#exchangeAll())
      .finally(() => {
        this.#exchange = undefined;
        if (this.#wanted && performance.now() >= this.#notBefore) this.ask();
      });
  }

  #tell(change: Change, now: boolean): void {
    this.#changes.push(change);
    if (this.#changes.length > mostKept) this.#changes.shift();
    if (now) this.ask();
    else this.#timer ??= setTimeout(() => this.ask(), soon).unref();
  }

  async #exchangeAll(): Promise<void> {
    while (this.#wanted && performance.now() >= this.#notBefore) {
      this.#wanted = false;
      await this.#exchangeOnce();
    }
  }

  async #exchangeOnce(): Promise<void> {
    const sent = this.#changes;
    const asking = [...this.#asking].filter((limits) => limits.isAsking);
    let permits: readonly ReturnType<SharedLimits["take"]>[] = [];
    this.#changes = [];
    try {
      const text = await this.#link.inTime(
        this.#cell.update((before) => {
          const known = readKnown(before);
          const now = performance.now() + this.ahead;
          for (const { make } of sent) make(known);
          permits = asking.map((limits) => limits.take(limitsIn(known, limits.model), now));
          const isChanged = sent.length > 0 || permits.some(({ length }) => length > 0);
          return isChanged ? writeKnown(known, now) : undefined;
        }),
        (reason) => this.#goAlone(reason),
      );
      this.#known = readKnown(text);
      for (const { make } of this.#changes) make(this.#known);
      this.#readAt = performance.now();
      this.#alone = false;
      this.#link.isBack(this);
    } catch (error) {
      // It is not known whether Redis has received them, and an old refusal would teach a limit
      // that no longer applies.
      this.#changes = [...sent, ...this.#changes].filter(({ lasts }) => lasts).slice(-mostKept);
      this.#notBefore = performance.now() + pause;
      this.#goAlone(error);
      return;
    }
    this.#settle();
    for (const [index, limits] of asking.entries()) limits.answered(permits[index] ?? []);
    this.#forgetIdle();
  }

  #goAlone(reason: unknown): void {
    this.#alone = true;
    this.#link.isAway(this, reason);
    this.#settle();
    for (const limits of this.#asking) limits.alone();
    this.#forgetIdle();
  }

  #forgetIdle(): void {
    for (const limits of this.#asking) if (limits.isIdle) this.#asking.delete(limits);
  }

  #settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }
}
