import { setTimeout as sleep } from "node:timers/promises";
import { type MaybePromise, whenReady } from "../maybe-promise.ts";
import type { LiveRecord } from "../record/live-record.ts";
import type { LeaseStore } from "../store/store.ts";
import { patiently } from "../tier/patiently.ts";
import type { Tier } from "../tier/tier.ts";

const RENEW_EVERY = 2000;
const FIRST_LOOK = 5;
const LAST_LOOK = 20;
/** A store that another process has locked is asked for a lease for this many ms. */
const ACQUIRE_PATIENCE = 300;
/** The others would wait for a lease that is not let go until it runs out. In ms. */
const RELEASE_PATIENCE = 900;

/** A right to compute, for all processes that share the store. */
export interface Lease {
  release(outcome: "stored" | "declined"): MaybePromise<void>;
}

/** Either a record that another process has computed, or the go-ahead, with a lease where there is one. */
export type Clearance =
  | { readonly record: LiveRecord; readonly lease?: never }
  | { readonly record?: never; readonly lease?: Lease };

/** Leases of the store that the most processes share. */
export class Leases {
  readonly #tier: Tier;
  readonly #store: LeaseStore;
  readonly #held: Set<Lease> = new Set();

  constructor(tier: Tier, store: LeaseStore) {
    this.#tier = tier;
    this.#store = store;
  }

  /** Waits while another process computes; `look` sees what it has stored. */
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

  /** For the end of the cache: nobody who waits for these should have to wait for a deadline. */
  async releaseAll(): Promise<void> {
    await Promise.all([...this.#held].map((lease) => lease.release("declined")));
  }

  /** The owner may have stored its answer between the last look and the end of its lease. */
  async #lookAgain(
    look: () => MaybePromise<LiveRecord | undefined>,
    lease: Lease | undefined,
  ): Promise<Clearance> {
    const record = await look();
    if (!record) return lease ? { lease } : {};
    await lease?.release("stored");
    return { record };
  }

  /** The store sees a key as it sees that of a record. */
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
