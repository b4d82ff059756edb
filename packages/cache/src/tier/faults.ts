import { isPromise, type MaybePromise } from "../maybe-promise.ts";
import type { Tally } from "../stats/tally.ts";
import { Cooldown } from "./cooldown.ts";
import { isTimeout, isTooLarge } from "./failure-kinds.ts";
import { withinTime } from "./within-time.ts";

/** Does what a store may fail at. A failure is told and gives the fallback: none reaches the caller. */
export class Faults {
  readonly #name: string;
  readonly #tally: Tally;
  /** A closed store is not opened again by a late caller. */
  #closed = false;
  /** Undefined before the first failure. */
  #cooldown: Cooldown | undefined;
  /** What the store failed with last. */
  last: unknown;

  constructor(name: string, tally: Tally) {
    this.#name = name;
    this.#tally = tally;
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
  }

  /** Whether the store failed a moment ago, so that it is left alone. */
  keepsFrom(operation: string): boolean {
    return this.#cooldown?.keepsFrom(operation) === true;
  }

  /** Not tried where the store is left alone. */
  attempt<T>(operation: string, run: () => MaybePromise<T>, fallback: T): MaybePromise<T> {
    if (this.keepsFrom(operation)) return fallback;
    return this.try(operation, run, fallback);
  }

  /** `onLate` is told when a store does after all what it was given up for. */
  try<T>(
    operation: string,
    run: () => MaybePromise<T>,
    fallback: T,
    onLate?: () => void,
  ): MaybePromise<T> {
    if (this.#closed) return fallback;
    try {
      const result = run();
      if (!isPromise(result)) return result;
      return withinTime(result, operation).catch((error) => {
        if (onLate && isTimeout(error)) result.then(onLate, () => undefined);
        return this.#failed(operation, error, fallback);
      });
    } catch (error) {
      return this.#failed(operation, error, fallback);
    }
  }

  /** Like `attempt`, for work on a whole store, which may take its time. */
  async maintain<T>(operation: string, run: () => Promise<T>, fallback: T): Promise<T> {
    if (this.#closed) return fallback;
    try {
      return await run();
    } catch (error) {
      return this.#failed(operation, error, fallback);
    }
  }

  #failed<T>(operation: string, error: unknown, fallback: T): T {
    this.last = error;
    this.#cooldown ??= new Cooldown();
    this.#cooldown.after(operation, error);
    // What a store is too small for is no fault of it.
    if (isTooLarge(error)) this.#tally.tell({ type: "error", tier: this.#name, operation, error });
    else this.#tally.fault(this.#name, operation, error);
    return fallback;
  }
}
