import type { Failure } from "../contract/failure.ts";
import type { PaceLimits } from "../contract/pace-limits.ts";
import type { Bounds } from "./bounds.ts";
import { ModelLimits } from "./model-limits.ts";
import type { Asker, Pass } from "./pass.ts";
import { type Place, WaitingLine } from "./waiting-line.ts";

/** A call that waits. */
export interface Waiter extends Place {
  readonly asker: Asker;
  readonly bounds: Bounds;
  /**
   * Called with a pass, or with undefined if the available routes have changed and the call must
   * plan again.
   */
  readonly go: (pass: Pass | undefined) => void;
}

/** The limits of one model with one credential, and the calls that wait for it. */
export class ModelQueue {
  readonly limits: PaceLimits;
  readonly line: WaitingLine<Waiter> = new WaitingLine();
  /** The vendor's last refusal of a call. */
  refusal: Failure | undefined;

  /** @param open Returns limits that other machines share, for the calls that wait in this line. */
  constructor(open?: (line: { readonly size: number }) => PaceLimits) {
    this.limits = open === undefined ? new ModelLimits() : open(this.line);
  }

  /** Returns about how many ms a call that came now would wait. */
  expectedWait(now: number, deadline: number): number {
    const { limit, period } = this.limits;
    const first = this.limits.expectedAt(now, deadline) - now;
    if (first === Number.POSITIVE_INFINITY) return period + this.#behind(limit, period);
    return first + this.#behind(limit, period);
  }

  isForgettable(now: number): boolean {
    return this.line.size === 0 && this.limits.isForgettable(now);
  }

  #behind(limit: number, period: number): number {
    const { size } = this.line;
    return limit === Number.POSITIVE_INFINITY ? size : (size / limit) * period;
  }
}
