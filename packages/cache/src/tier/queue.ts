import { isPromise, type MaybePromise } from "../maybe-promise.ts";

/** Makes the changes of one key one after the other, in the order of the calls. */
export class Queue {
  readonly #last: Map<string, Promise<unknown>> = new Map();
  readonly #pending: Set<Promise<unknown>> = new Set();

  /** Runs immediately if no change of the key is in progress. */
  run<T>(key: string, change: () => MaybePromise<T>): MaybePromise<T> {
    const last = this.#last.get(key);
    const result = last ? last.then(change, change) : change();
    if (!isPromise(result)) return result;
    this.#last.set(key, result);
    const done = () => {
      if (this.#last.get(key) === result) this.#last.delete(key);
    };
    result.then(done, done);
    this.track(result);
    return result;
  }

  /** Adds a promise that `settled` waits for. */
  track(promise: Promise<unknown>): void {
    this.#pending.add(promise);
    const done = () => this.#pending.delete(promise);
    promise.then(done, done);
  }

  /**
   * Waits for the changes so far, but not for later ones: a busy program never stops making them.
   */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#pending]);
  }
}
