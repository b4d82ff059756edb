import type { CacheEvent, CacheListener } from "../cache/events.ts";
import type { Spent } from "../flight/spent.ts";
import type { LiveRecord } from "../record/live-record.ts";
import { unheard } from "../unheard.ts";
import { type LabelCounts, LabelTally } from "./label-tally.ts";

/** The counts since some moment. */
export interface CacheCounts {
  /** Hits by the name of the store that answered. */
  readonly hits: Readonly<Record<string, number>>;
  readonly misses: number;
  /** Values that were stored. */
  readonly stores: number;
  /** Callers that joined a computation instead of starting one. */
  readonly joined: number;
  /** Entries that were removed to keep a store within its limit. */
  readonly evictions: number;
  /** Operations of a store that failed. */
  readonly errors: number;
  /** Records that were damaged. */
  readonly damaged: number;
  /** The computation time that hits and joins saved, in milliseconds. */
  readonly savedMs: number;
  /** The sum of the reported costs that they saved, in the caller's currency. */
  readonly savedCost: number;
  /** The counts of the calls with a label, by label. */
  readonly byLabel: Readonly<Record<string, LabelCounts>>;
}

const MEMORY = "memory";

/** Counts events and reports them to the listener. */
export class Tally {
  /** Called after a count has changed. */
  onChange: (() => void) | undefined;
  readonly #listener: CacheListener | undefined;
  readonly #hits: Map<string, number> = new Map();
  readonly #labels: LabelTally = new LabelTally();
  #memoryHits = 0;
  #misses = 0;
  #stores = 0;
  #joined = 0;
  #evictions = 0;
  #errors = 0;
  #damaged = 0;
  #savedMs = 0;
  #savedCost = 0;

  constructor(listener?: CacheListener) {
    this.#listener = listener;
  }

  /** @throws CacheError `INVALID_OPTION` if the label is invalid */
  hit(record: LiveRecord, label: string | undefined): void {
    // First, because it may throw.
    if (label !== undefined) this.#labels.hit(label, record.elapsed, record.cost);
    const { tier } = record;
    // A separate number, because this count changes more often than all others together.
    if (tier === MEMORY) this.#memoryHits++;
    else this.#hits.set(tier, (this.#hits.get(tier) ?? 0) + 1);
    this.#save(record.elapsed, record.cost);
    if (this.#listener) this.tell({ type: "hit", key: record.key, tier });
  }

  saved({ elapsed, cost }: Spent, label: string | undefined): void {
    if (label !== undefined) this.#labels.saved(label, elapsed, cost);
    this.#save(elapsed, cost);
  }

  miss(key: string, label: string | undefined): void {
    if (label !== undefined) this.#labels.miss(label);
    this.#misses++;
    this.onChange?.();
    if (this.#listener) this.tell({ type: "miss", key });
  }

  join(key: string, label: string | undefined): void {
    if (label !== undefined) this.#labels.join(label);
    this.#joined++;
    this.onChange?.();
    if (this.#listener) this.tell({ type: "joined", key });
  }

  /** Called for each store that took a value. */
  written(key: string, tier: string): void {
    if (this.#listener) this.tell({ type: "stored", key, tier });
  }

  /** Called once for each value, however many stores took it. */
  stored(): void {
    this.#stores++;
    this.onChange?.();
  }

  evicted(tier: string, count: number): void {
    this.#evictions += count;
    this.onChange?.();
    this.tell({ type: "evicted", tier, count });
  }

  fault(tier: string, operation: string, error: unknown): void {
    this.#errors++;
    this.onChange?.();
    this.tell({ type: "error", tier, operation, error });
  }

  damage(key: string, tier: string, error: unknown): void {
    this.#damaged++;
    this.onChange?.();
    this.tell({ type: "damaged", key, tier, error });
  }

  tell(event: CacheEvent): void {
    try {
      const given: unknown = this.#listener?.(event);
      unheard(given);
    } catch {
      // An error of the listener must not reach the caller of the cache.
    }
  }

  counts(): CacheCounts {
    return {
      hits: this.#allHits(),
      misses: this.#misses,
      stores: this.#stores,
      joined: this.#joined,
      evictions: this.#evictions,
      errors: this.#errors,
      damaged: this.#damaged,
      savedMs: this.#savedMs,
      savedCost: this.#savedCost,
      byLabel: this.#labels.counts(),
    };
  }

  #save(elapsed: number | undefined, cost: number | undefined): void {
    if (elapsed !== undefined) this.#savedMs += elapsed;
    if (cost !== undefined) this.#savedCost += cost;
    this.onChange?.();
  }

  #allHits(): Record<string, number> {
    const others = Object.fromEntries(this.#hits);
    return this.#memoryHits > 0 ? { [MEMORY]: this.#memoryHits, ...others } : others;
  }
}
