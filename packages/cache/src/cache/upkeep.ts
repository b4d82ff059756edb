import type { Leases } from "../flight/lease.ts";
import type { Ledger } from "../stats/ledger.ts";
import type { CacheCounts } from "../stats/tally.ts";
import type { PruneResult } from "../store/store.ts";
import type { Tier } from "../tier/tier.ts";
import type { Keeper } from "./keeper.ts";
import { notRemoved } from "./not-removed.ts";
import { type Scope, scopePrefix } from "./scope.ts";
import type { TierSize } from "./size-of-store.ts";
import { sizeOfStore } from "./size-of-store.ts";
import { scopeTarget, targetMatcher } from "./target.ts";
import type { VerifyReport } from "./verify-tier.ts";
import { sumReports, verifyTier } from "./verify-tier.ts";

/** The counts of a cache, and the sizes of its stores. */
export interface CacheStats {
  /** Counts since this cache was opened. */
  readonly session: CacheCounts;
  /**
   * Counts since the store was created, by all processes that used it; the last few seconds may be
   * missing.
   */
  readonly total: CacheCounts;
  readonly tiers: readonly TierSize[];
}

/** The operations on whole stores rather than single entries. */
export class Upkeep {
  readonly #keeper: Keeper;
  readonly #ledger: Ledger;
  readonly #leases: Leases | undefined;
  #closed: Promise<void> | undefined;

  constructor(keeper: Keeper, ledger: Ledger, leases: Leases | undefined) {
    this.#keeper = keeper;
    this.#ledger = ledger;
    this.#leases = leases;
  }

  async clear(scope: Scope): Promise<number> {
    // An invalid scope is an error of the caller, not of a store.
    scopePrefix(scope);
    this.#keeper.tiers.tickets.voidWhere(targetMatcher(scopeTarget(scope)));
    await this.#keeper.tiers.settled();
    const { tiers } = this.#keeper;
    const lies = targetMatcher(scopeTarget(scope));
    const failed: Tier[] = [];
    let most = 0;
    // From the last tier upward, so that an entry in a lower tier is not copied up again.
    for (const tier of tiers.all.toReversed()) {
      tiers.tickets.voidWhere(lies);
      const count = await tier.removeIn(scope);
      if (count === undefined) failed.push(tier);
      else most = Math.max(most, count);
    }
    tiers.tickets.voidWhere(lies);
    if (failed.length > 0) throw notRemoved(failed);
    return most;
  }

  async stats(): Promise<CacheStats> {
    const session = this.#keeper.tally.counts();
    const tiers = await this.#each("entries", (tier) => sizeOfStore(tier.store), undefined);
    const total = await this.#ledger.total();
    return { session, total, tiers: tiers.filter((size) => size !== undefined) };
  }

  async verify(): Promise<VerifyReport> {
    const now = this.#keeper.now();
    const reports = await this.#each("verify", (tier) => verifyTier(tier, now), undefined);
    return sumReports(reports.filter((report) => report !== undefined));
  }

  async prune(): Promise<PruneResult> {
    const now = this.#keeper.now();
    const nothing = { expired: 0, evicted: 0 };
    const all = await this.#each("prune", async (tier) => tier.store.prune?.(now), undefined);
    return all.reduce<PruneResult>(
      (sum, each) => ({
        expired: sum.expired + (each?.expired ?? 0),
        evicted: sum.evicted + (each?.evicted ?? 0),
      }),
      nothing,
    );
  }

  get closed(): boolean {
    return this.#closed !== undefined;
  }

  /** The first call closes the cache; later calls wait for it. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#leases?.releaseAll();
    await this.#keeper.tiers.settled();
    await this.#ledger.close();
    await Promise.all(this.#keeper.tiers.all.map((tier) => tier.close()));
  }

  #each<T>(operation: string, run: (tier: Tier) => Promise<T>, fallback: T): Promise<T[]> {
    const all = this.#keeper.tiers.all;
    return Promise.all(all.map((tier) => tier.maintain(operation, () => run(tier), fallback)));
  }
}
