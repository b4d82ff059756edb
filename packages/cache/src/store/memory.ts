import { LRUCache } from "lru-cache";
import { CacheError } from "../error.ts";
import { LiveRecord } from "../record/live-record.ts";
import { checkedBound } from "./checked-bound.ts";
import type { CacheStore, PruneResult, StoredRecord, StoredSummary } from "./store.ts";

/** Options of `memoryStore`. */
export interface MemoryStoreOptions {
  /**
   * The limit in bytes; the estimate of sizes errs on the high side.
   * @default 67_108_864 (64 MiB)
   */
  readonly maxBytes?: number;
}

export const DEFAULT_MEMORY_BYTES: number = 64 * 1024 * 1024;

/** The size of a record besides its content, in bytes. */
const RECORD_BYTES = 512;

/**
 * Creates a store that keeps records in this process and evicts the least recently used ones first.
 */
export function memoryStore(options: MemoryStoreOptions = {}): CacheStore {
  const maxBytes = options.maxBytes ?? DEFAULT_MEMORY_BYTES;
  return new MemoryStore(checkedBound(maxBytes));
}

class MemoryStore implements CacheStore {
  readonly name = "memory";
  readonly inProcess = true;
  onEvict?: (count: number) => void;
  readonly #records: LRUCache<string, StoredRecord>;

  constructor(maxBytes: number) {
    this.#records = new LRUCache({
      maxSize: Math.ceil(Math.min(maxBytes, Number.MAX_SAFE_INTEGER)),
      sizeCalculation: sizeOf,
      dispose: (_record, _key, reason) => {
        if (reason === "evict") this.onEvict?.(1);
      },
    });
  }

  get(key: string): StoredRecord | undefined {
    return this.#records.get(key);
  }

  set(key: string, record: StoredRecord): void {
    if (sizeOf(record) > this.#records.maxSize) {
      this.#records.delete(key);
      throw new CacheError("TOO_LARGE", "A value exceeds the bound of the memory store.");
    }
    this.#records.set(key, record);
  }

  delete(key: string): boolean {
    return this.#records.delete(key);
  }

  *entries(): Generator<StoredSummary> {
    // Reading an entry moves it in the list, so iterating over the list itself might never end.
    for (const key of [...this.#records.keys()]) {
      const record = this.#records.peek(key);
      if (record) yield { key, bytes: sizeOf(record), expiresAt: record.expiresAt };
    }
  }

  clear(matches?: (key: string) => boolean): number {
    const before = this.#records.size;
    if (!matches) this.#records.clear();
    else for (const key of [...this.#records.keys()]) if (matches(key)) this.#records.delete(key);
    return before - this.#records.size;
  }

  prune(now: number): PruneResult {
    let expired = 0;
    for (const [key, record] of [...this.#records.entries()]) {
      if (record.expiresAt <= now && this.#records.delete(key)) expired++;
    }
    return { expired, evicted: 0 };
  }

  close(): void {
    this.#records.clear();
  }
}

function sizeOf(record: StoredRecord): number {
  return RECORD_BYTES + (record instanceof LiveRecord ? record.size : record.bytes.byteLength);
}
