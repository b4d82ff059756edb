import type { CacheCounts } from "../stats/tally.ts";
import type { PruneResult } from "../store/store.ts";
import type { Tier } from "../tier/tier.ts";
import { clearStore } from "./clear-store.ts";
import type { Keeper } from "./keeper.ts";
import { inScope, type Scope } from "./scope.ts";
import { sizeOfStore } from "./size-of-store.ts";
import { sumReports, verifyTier } from "./verify-tier.ts";

export interface TierSize {
  readonly name: string;
  /** Absent where the store cannot list its entries. */
  readonly entries?: number;
  readonly bytes?: number;
}

export interface CacheStats {
  /** Since this cache was opened. */
  readonly session: CacheCounts;
  /** Since the store began, by every process that used it, up to the last few seconds. */
  readonly total: CacheCounts;
  readonly tiers: readonly TierSize[];
}

export interface VerifyReport {
  /** Records read, in all stores but the memory of this process. */
  readonly checked: number;
  readonly sound: number;
  /** Sound, but over their time; `prune` removes them. */
  readonly expired: number;
  /** Not what was stored; removed. */
  readonly damaged: number;
  /** Encrypted with another key; left alone. */
  readonly unreadable: number;
}

/** What is done to whole stores rather than to entries. */
export class Upkeep {
  readonly #keeper: Keeper;

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  async clear(scope: Scope): Promise<number> {
    const whole = scope.namespace === undefined && scope.tenant === undefined;
    const matches = whole ? undefined : inScope(scope);
    await this.#keeper.tiers.settled();
    const counts = await this.#each("clear", (tier) => clearStore(tier.store, matches), 0);
    return Math.max(0, ...counts);
  }

  async stats(): Promise<CacheStats> {
    const session = this.#keeper.tally.counts();
    const tiers = await this.#each("entries", (tier) => sizeOfStore(tier.store), undefined);
    return { session, total: session, tiers: tiers.filter((size) => size !== undefined) };
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

  async close(): Promise<void> {
    await this.#keeper.tiers.settled();
    await this.#each("close", async (tier) => tier.store.close?.(), undefined);
  }

  #each<T>(operation: string, run: (tier: Tier) => Promise<T>, fallback: T): Promise<T[]> {
    const all = this.#keeper.tiers.all;
    return Promise.all(all.map((tier) => tier.maintain(operation, () => run(tier), fallback)));
  }
}
