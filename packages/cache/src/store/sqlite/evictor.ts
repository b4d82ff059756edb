import type { Connection } from "./connection.ts";
import { deleteRows } from "./removed-rows.ts";

/**
 * The tables and indexes of an empty database, in pages of 8 KiB; they do not count towards the
 * limit.
 */
const BASE_BYTES = 8 * 8192;
const LARGEST_STEP = 1024 * 1024;
const BATCH = 500;

/** The size of a row in the table and in two indexes, besides its record, in bytes. */
const ROW_BYTES = 200;

/** Keeps the database within its limit in small steps, because each step blocks the caller. */
export class Evictor {
  readonly #connection: Connection;
  readonly #maxBytes: number;
  readonly #step: number;
  /** An eviction is due at the start, because a program may run for a single call, and often. */
  #isFirst = true;
  #grown = 0;

  constructor(connection: Connection, maxBytes: number) {
    this.#connection = connection;
    this.#maxBytes = maxBytes;
    this.#step = Math.min(maxBytes / 32, LARGEST_STEP);
  }

  /** Called for every write; returns true if an eviction is due. */
  grew(bytes: number): boolean {
    this.#grown += bytes;
    return this.#isFirst || this.#grown >= this.#step;
  }

  /** True if an eviction is long overdue: a loop of writes may leave the event loop no turn. */
  get isOverdue(): boolean {
    return this.#grown >= this.#step * 2;
  }

  removeExpired(now: number): number {
    // The index covers the search, so no record is read.
    const expired = "SELECT id FROM entries INDEXED BY by_use WHERE expires <= ?";
    return this.#connection.transaction((prepare) => deleteRows(prepare, expired, now));
  }

  /** Evicts the least recently used records first. Returns how many. */
  evict(): number {
    this.#grown = 0;
    this.#isFirst = false;
    if (this.#used() <= this.#maxBytes) return 0;
    this.removeExpired(Date.now());
    let evicted = 0;
    for (let last = -1; last !== 0; evicted += last) {
      const excess = this.#used() - (this.#maxBytes - this.#step * 2);
      last = excess > 0 ? this.#removeOldest(excess) : 0;
    }
    return evicted;
  }

  #used(): number {
    return this.#connection.use((_, prepare) => {
      const row = prepare(
        `SELECT (page_count - freelist_count) * page_size AS bytes
         FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
      ).get();
      return Number(row?.bytes) - BASE_BYTES;
    });
  }

  #removeOldest(bytes: number): number {
    return this.#connection.transaction((prepare) => {
      const oldest = prepare("SELECT id, size FROM entries ORDER BY used LIMIT ?").all(BATCH);
      let freed = 0;
      let removed = 0;
      for (const { id, size } of oldest) {
        if (freed >= bytes) break;
        deleteRows(prepare, "?", Number(id));
        freed += Number(size) + ROW_BYTES;
        removed++;
      }
      return removed;
    });
  }
}
