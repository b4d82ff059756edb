import { setTimeout as sleep } from "node:timers/promises";
import type { MaybePromise } from "../maybe-promise.ts";

const ATTEMPTS = 20;
/** Milliseconds. */
const PAUSE = 250;

/** Goes on trying to remove keys whose old value a lock kept in place; nobody waits for it. */
export class LateRemovals {
  readonly #keys: Set<string> = new Set();
  readonly #remove: (key: string) => MaybePromise<boolean | undefined>;
  #closed = false;

  /** `remove` gives undefined where the store did not do it. */
  constructor(remove: (key: string) => MaybePromise<boolean | undefined>) {
    this.#remove = remove;
  }

  begin(key: string): void {
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    void this.#go(key);
  }

  /** Another value has come under the key, which is not to be removed. */
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
