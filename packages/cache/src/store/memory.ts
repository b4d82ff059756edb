import { LRUCache } from "lru-cache";
import { CacheError } from "../error.ts";
import { LiveRecord } from "../record/live-record.ts";
import { checkedBound } from "./checked-bound.ts";
import type { CacheStore, PruneResult, StoredRecord, StoredSummary } from "./store.ts";

/** How much of the process's memory the entries may take. */
export interface MemoryStoreOptions {
  /** The bound in bytes, by an estimate that errs on the large side. @default 67_108_864 (64 MiB) */
  readonly maxBytes?: number;
}

export const DEFAULT_MEMORY_BYTES: number = 64 * 1024 * 1024;

/** What a record takes besides its content. */
const RECORD_BYTES = 512;

/** Keeps records in this process, least recently used out first. */
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
    // To read one is to move it, so a walk over the list itself might never end.
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
