import type { CacheEvent, CacheListener } from "../cache/events.ts";
import type { Spent } from "../flight/spent.ts";
import type { LiveRecord } from "../record/live-record.ts";
import { unheard } from "../unheard.ts";
import { type LabelCounts, LabelTally } from "./label-tally.ts";

/** What happened since some moment. */
export interface CacheCounts {
  /** Hits by the name of the store that answered. */
  readonly hits: Readonly<Record<string, number>>;
  readonly misses: number;
  /** Values stored. */
  readonly stores: number;
  /** Callers that joined a computation instead of beginning one. */
  readonly joined: number;
  /** Entries that went to keep a store within its bound. */
  readonly evictions: number;
  /** Operations that a store could not do. */
  readonly errors: number;
  /** Records that were not what was stored. */
  readonly damaged: number;
  /** Milliseconds of computation that hits and joins made unnecessary. */
  readonly savedMs: number;
  /** The sum of the costs that were reported for them, in the caller's currency. */
  readonly savedCost: number;
  /** The same of the calls that named a label. */
  readonly byLabel: Readonly<Record<string, LabelCounts>>;
}

const MEMORY = "memory";

/** Counts what happens and tells the listener. */
export class Tally {
  /** Told after a count has changed. */
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

  /** @throws CacheError `INVALID_OPTION` for what is no label */
  hit(record: LiveRecord, label: string | undefined): void {
    // First, for it may refuse.
    if (label !== undefined) this.#labels.hit(label, record.elapsed, record.cost);
    const { tier } = record;
    // A number by itself, for this one is counted more often than all others together.
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

  /** One store took a value. */
  written(key: string, tier: string): void {
    if (this.#listener) this.tell({ type: "stored", key, tier });
  }

  /** Once a value, however many stores took it. */
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
      // A listener's own fault must not become the caller's.
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
