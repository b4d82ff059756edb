import { isPromise, type MaybePromise } from "../maybe-promise.ts";

/** Changes of one key happen one after the other, in the order in which they were asked for. */
export class Queue {
  readonly #last: Map<string, Promise<unknown>> = new Map();
  readonly #pending: Set<Promise<unknown>> = new Set();

  /** Runs at once where nothing of the key is in progress. */
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

  /** Something to be waited for by `settled`. */
  track(promise: Promise<unknown>): void {
    this.#pending.add(promise);
    const done = () => this.#pending.delete(promise);
    promise.then(done, done);
  }

  /** What has been asked for by now. What comes later is not waited for: a busy program never stops. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#pending]);
  }
}
