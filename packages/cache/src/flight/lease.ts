import { setTimeout as sleep } from "node:timers/promises";
import { type MaybePromise, whenReady } from "../maybe-promise.ts";
import type { LiveRecord } from "../record/live-record.ts";
import type { LeaseStore } from "../store/store.ts";
import { patiently } from "../tier/patiently.ts";
import type { Tier } from "../tier/tier.ts";

const RENEW_EVERY = 2000;
const FIRST_LOOK = 5;
const LAST_LOOK = 20;
/** How long a lease is requested from a store that another process has locked, in ms. */
const ACQUIRE_PATIENCE = 300;
/**
 * How long a release is tried, in ms: until an unreleased lease expires, other processes wait for
 * it.
 */
const RELEASE_PATIENCE = 900;

/** The right to compute a value, across all processes that share the store. */
export interface Lease {
  release(outcome: "stored" | "declined"): MaybePromise<void>;
}

/**
 * Either a record that another process has computed, or permission to compute, with a lease if the
 * store has leases.
 */
export type Clearance =
  | { readonly record: LiveRecord; readonly lease?: never }
  | { readonly record?: never; readonly lease?: Lease };

/** The leases of the store that the most processes share. */
export class Leases {
  readonly #tier: Tier;
  readonly #store: LeaseStore;
  readonly #held: Set<Lease> = new Set();

  constructor(tier: Tier, store: LeaseStore) {
    this.#tier = tier;
    this.#store = store;
  }

  /** Waits while another process computes; `look` reads what it has stored. */
  async await(
    key: string,
    look: () => MaybePromise<LiveRecord | undefined>,
    signal: AbortSignal,
  ): Promise<Clearance> {
    const token = crypto.randomUUID();
    const acquire = () => this.#named(key, (name) => this.#store.acquire(name, token));
    for (let wait = FIRST_LOOK; ; wait = Math.min(wait * 1.5, LAST_LOOK)) {
      const state = await this.#tier.attempt(
        "lease",
        () => patiently(acquire, ACQUIRE_PATIENCE),
        "unknown" as const,
      );
      if (state !== "held" || signal.aborted) {
        const lease = state === "acquired" ? this.#hold(key, token) : undefined;
        return await this.#lookAgain(look, lease);
      }
      await sleep(wait);
      const record = await look();
      if (record) return { record };
    }
  }

  /**
   * Releases all leases when the cache closes, so that no other process has to wait until they
   * expire.
   */
  async releaseAll(): Promise<void> {
    await Promise.all([...this.#held].map((lease) => lease.release("declined")));
  }

  /**
   * Looks again, because the owner may have stored its value between the last look and the end of
   * its lease.
   */
  async #lookAgain(
    look: () => MaybePromise<LiveRecord | undefined>,
    lease: Lease | undefined,
  ): Promise<Clearance> {
    const record = await look();
    if (!record) return lease ? { lease } : {};
    await lease?.release("stored");
    return { record };
  }

  /** Runs with the key in the form in which the store has it for records. */
  #named<T>(key: string, run: (name: string) => MaybePromise<T>): MaybePromise<T> {
    return whenReady(this.#tier.codec(), (codec) => run(codec.storedKey(key)));
  }

  #hold(key: string, token: string): Lease {
    const timer = setInterval(() => {
      const renew = () => this.#named(key, (name) => this.#store.renew(name, token));
      void this.#tier.attempt("renew", renew, undefined);
    }, RENEW_EVERY);
    timer.unref();
    const lease: Lease = {
      release: (outcome) => {
        if (!this.#held.delete(lease)) return;
        clearInterval(timer);
        const release = () => this.#named(key, (name) => this.#store.release(name, token, outcome));
        const patient = () => patiently(release, RELEASE_PATIENCE);
        return this.#tier.attempt("release", patient, undefined);
      },
    };
    this.#held.add(lease);
    return lease;
  }
}
