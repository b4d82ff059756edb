import { setTimeout as sleep } from "node:timers/promises";
import type { MaybePromise } from "../maybe-promise.ts";

const ATTEMPTS = 20;
/** In milliseconds. */
const PAUSE = 250;

/** Keeps trying, in the background, to remove keys whose old value a lock kept in place. */
export class LateRemovals {
  readonly #keys: Set<string> = new Set();
  readonly #remove: (key: string) => MaybePromise<boolean | undefined>;
  #closed = false;

  /** `remove` returns undefined if the store did not remove the key. */
  constructor(remove: (key: string) => MaybePromise<boolean | undefined>) {
    this.#remove = remove;
  }

  begin(key: string): void {
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    void this.#go(key);
  }

  /** Cancels the removal of a key that has got a new value. */
  forget(key: string): void {
    this.#keys.delete(key);
  }

  close(): void {
    this.#closed = true;
  }

  async #go(key: string): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      await sleep(PAUSE, undefined, { ref: false });
      if (this.#closed || !this.#keys.has(key)) return;
      if ((await this.#remove(key)) !== undefined) break;
    }
    this.#keys.delete(key);
  }
}
