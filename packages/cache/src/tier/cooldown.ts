import { CacheError } from "../error.ts";
import { isBusy, isTimeout } from "./failure-kinds.ts";

/** How long a store that does not answer in time, or is locked, is not used, in ms. */
const COOLDOWN = 1000;

/** The time during which a store is not used: for anything, or only for writes or new leases. */
export class Cooldown {
  #all = 0;
  #writes = 0;
  #leases = 0;

  /** Starts the cooldown that follows from a failure. */
  after(operation: string, error: unknown): void {
    const end = performance.now() + COOLDOWN;
    if (isTimeout(error)) this.#all = end;
    if (!isBusy(error)) return;
    this.#writes = end;
    // A write that met a short lock is no reason to compute what other processes compute.
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

/** Operations that run even if another process has just locked the store. */
const DESPITE_LOCK: ReadonlySet<string> = new Set([
  "get",
  "invalidations",
  "replace",
  "renew",
  "release",
]);

/** Returns the error of a change that was not tried because of the cooldown. */
export function coolingDown(operation: string): CacheError {
  const message = `The store failed a moment ago and is not used for ${COOLDOWN} ms: no ${operation}.`;
  return new CacheError("STORE_TIMEOUT", message, { retryable: true });
}
