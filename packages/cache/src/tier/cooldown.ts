import { CacheError } from "../error.ts";
import { isBusy, isTimeout } from "./failure-kinds.ts";

/** A store that does not answer in time, or is locked, is left alone for this many ms. */
const COOLDOWN = 1000;

/** When a store is left alone: altogether, or for writing or new leases alone. */
export class Cooldown {
  #all = 0;
  #writes = 0;
  #leases = 0;

  /** What a failure means for the next calls. */
  after(operation: string, error: unknown): void {
    const end = performance.now() + COOLDOWN;
    if (isTimeout(error)) this.#all = end;
    if (!isBusy(error)) return;
    this.#writes = end;
    // A write that met a lock of a moment is no reason to compute what others compute.
    if (operation === "lease") this.#leases = end;
  }

  keepsFrom(operation: string): boolean {
    if (this.#all === 0 && this.#writes === 0) return false;
    const now = performance.now();
    if (now < this.#all) return true;
    if (operation === "lease") return now < this.#leases;
    return now < this.#writes && !DESPITE_LOCK.has(operation);
  }
}

/** What is done though another process has just been seen to lock the store. */
const DESPITE_LOCK: ReadonlySet<string> = new Set([
  "get",
  "invalidations",
  "replace",
  "renew",
  "release",
]);

/** What a change is told that was not even tried. */
export function coolingDown(operation: string): CacheError {
  const message = `The store failed a moment ago and is not used for ${COOLDOWN} ms: no ${operation}.`;
  return new CacheError("STORE_TIMEOUT", message, { retryable: true });
}
