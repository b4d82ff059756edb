import type { Limits } from "../contract/part.ts";
import type { Failure } from "../engine/attempt.ts";
import type { Bounds } from "./bounds.ts";
import { LearnedLimit } from "./learned-limit.ts";
import type { Asker, Pass } from "./pass.ts";
import { ToldLimit } from "./told-limit.ts";
import { type Place, WaitingLine } from "./waiting-line.ts";

/** A call that waits. */
export interface Waiter extends Place {
  readonly asker: Asker;
  readonly bounds: Bounds;
  /** Without a pass: what can be tried has changed, and is to be planned anew. */
  readonly go: (pass: Pass | undefined) => void;
}

/** What is known of the limits of one model with one credential, and who waits for it. */
export class ModelQueue {
  readonly learned: LearnedLimit = new LearnedLimit();
  readonly line: WaitingLine<Waiter> = new WaitingLine();
  /** How the vendor last refused a call. */
  refusal: Failure | undefined;
  readonly #told = new Map<string, ToldLimit>();

  /**
   * When the next call may go. What was told holds no call back for whom it would then be too late:
   * only the vendor's refusal does.
   */
  readyAt(now: number, deadline: number): number {
    let at = this.learned.readyAt(now);
    for (const limit of this.#told.values()) {
      const told = limit.readyAt(now);
      if (told < deadline) at = Math.max(at, told);
    }
    return at;
  }

  release(now: number): number {
    for (const limit of this.#told.values()) limit.release(now);
    return this.learned.release(now);
  }

  refused(window: number, wait: number | undefined, now: number): void {
    for (const limit of this.#told.values()) limit.refused(now);
    this.learned.refused(window, wait, now);
  }

  tell(limits: Limits, now: number, wall: number): void {
    for (const [name, told] of Object.entries(limits)) {
      if (told === undefined) continue;
      const limit = this.#told.get(name) ?? new ToldLimit();
      this.#told.set(name, limit);
      limit.tell(told, name === "requests", now, wall);
    }
  }

  /** About how many milliseconds a call that came now would wait. */
  expectedWait(now: number, deadline: number): number {
    const { limit, period } = this.learned;
    const first = this.readyAt(now, deadline) - now;
    if (first === Number.POSITIVE_INFINITY) return period + this.#behind(limit, period);
    return first + this.#behind(limit, period);
  }

  isForgettable(now: number): boolean {
    return this.line.size === 0 && this.learned.isForgettable(now);
  }

  #behind(limit: number, period: number): number {
    const { size } = this.line;
    return limit === Number.POSITIVE_INFINITY ? size : (size / limit) * period;
  }
}
