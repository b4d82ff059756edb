import { isPromise, type MaybePromise } from "../maybe-promise.ts";
import type { Tally } from "../stats/tally.ts";
import { Cooldown } from "./cooldown.ts";
import { isTimeout, isTooLarge } from "./failure-kinds.ts";
import { withinTime } from "./within-time.ts";

/**
 * Runs operations of a store that may fail. A failure is reported and replaced by the fallback, so
 * that it never reaches the caller.
 */
export class Faults {
  readonly #name: string;
  readonly #tally: Tally;
  /** True after the store was closed, so that a late caller does not open it again. */
  #closed = false;
  /** Undefined before the first failure. */
  #cooldown: Cooldown | undefined;
  /** The last error of the store. */
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

  /** Returns true if the store failed a moment ago, so that the operation is not tried. */
  keepsFrom(operation: string): boolean {
    return this.#cooldown?.keepsFrom(operation) === true;
  }

  /** Runs an operation, or returns the fallback during the cooldown. */
  attempt<T>(operation: string, run: () => MaybePromise<T>, fallback: T): MaybePromise<T> {
    if (this.keepsFrom(operation)) return fallback;
    return this.try(operation, run, fallback);
  }

  /** `onLate` is called if the store succeeds after its timeout. */
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

  /** Like `attempt`, for work on a whole store, without a timeout. */
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
    // A value that is too large for a store is not a failure of the store.
    if (isTooLarge(error)) this.#tally.tell({ type: "error", tier: this.#name, operation, error });
    else this.#tally.fault(this.#name, operation, error);
    return fallback;
  }
}
