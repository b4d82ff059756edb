import type { PaceLimits } from "../contract/pace-limits.ts";
import type { Limits } from "../contract/part.ts";
import { LearnedLimit } from "./learned-limit.ts";
import { ToldLimit } from "./told-limit.ts";

/**
 * The limits of one model with one credential, learned from refusals and reported by the vendor.
 */
export class ModelLimits implements PaceLimits {
  readonly learned: LearnedLimit;
  readonly told: Map<string, ToldLimit>;

  constructor(
    learned: LearnedLimit = new LearnedLimit(),
    told: Map<string, ToldLimit> = new Map(),
  ) {
    this.learned = learned;
    this.told = told;
  }

  get limit(): number {
    return this.learned.limit;
  }

  get period(): number {
    return this.learned.period;
  }

  get blockedUntil(): number {
    return this.learned.blockedUntil;
  }

  /** A reported limit delays no call past its deadline; only a refusal by the vendor does. */
  readyAt(now: number, deadline: number): number {
    let at = this.learned.readyAt(now);
    for (const limit of this.told.values()) {
      const told = limit.readyAt(now);
      if (told < deadline) at = Math.max(at, told);
    }
    return at;
  }

  expectedAt(now: number, deadline: number): number {
    return this.readyAt(now, deadline);
  }

  release(now: number): number {
    for (const limit of this.told.values()) limit.release(now);
    return this.learned.release(now);
  }

  admitted(window: number, now: number): void {
    this.learned.admitted(window, now);
  }

  untold(window: number): void {
    this.learned.untold(window);
  }

  refused(window: number, wait: number | undefined, now: number): void {
    for (const limit of this.told.values()) limit.refused(now);
    this.learned.refused(window, wait, now);
  }

  tell(limits: Limits, now: number, wall: number): void {
    for (const [name, told] of Object.entries(limits)) {
      if (told === undefined) continue;
      const limit = this.told.get(name) ?? new ToldLimit();
      this.told.set(name, limit);
      limit.tell(told, name === "requests", now, wall);
    }
  }

  isForgettable(now: number): boolean {
    return this.learned.isForgettable(now);
  }
}
