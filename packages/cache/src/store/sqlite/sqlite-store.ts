import { CacheError } from "../../error.ts";
import { DEFAULT_DISK_BYTES } from "../bounds.ts";
import { checkedBound } from "../checked-bound.ts";
import type {
  CacheStore,
  CounterStore,
  LeaseStore,
  PruneResult,
  StoredRecord,
  StoredSummary,
  StoreSize,
} from "../store.ts";
import { Touches } from "../touches.ts";
import { Connection } from "./connection.ts";
import { sqliteSupported } from "./driver.ts";
import { Evictor } from "./evictor.ts";
import { inTransaction } from "./open-database.ts";
import { sqliteCounters } from "./sqlite-counters.ts";
import { sqliteLeases } from "./sqlite-leases.ts";

/** Where the database is, and how large it may grow. */
export interface SqliteStoreOptions {
  /** Made with mode 0700 on first use. Not on a network file system: its log needs shared memory. */
  readonly directory: string;
  /** Bound in bytes of the database; its log comes on top, 8 MiB at most. @default 536_870_912 */
  readonly maxBytes?: number;
}

const PAGE = 1000;

/**
 * One database for all processes of a machine, by node:sqlite.
 *
 * @throws CacheError `INVALID_OPTION` where SQLite is missing or older than 3.51.3
 */
export function sqliteStore(options: SqliteStoreOptions): CacheStore {
  if (!sqliteSupported()) {
    const found = process.versions.sqlite ?? "none";
    const message = `sqliteStore needs SQLite 3.51.3 or later; this Node.js has ${found}. Use filesStore.`;
    throw new CacheError("INVALID_OPTION", message);
  }
  const { directory, maxBytes = DEFAULT_DISK_BYTES } = options;
  return new SqliteStore(new Connection(directory), checkedBound(maxBytes));
}

class SqliteStore implements CacheStore {
  readonly name = "sqlite";
  readonly leases: LeaseStore;
  readonly counters: CounterStore;
  onEvict?: (count: number) => void;
  readonly #connection: Connection;
  readonly #maxBytes: number;
  readonly #evictor: Evictor;
  readonly #touches: Touches;

  constructor(connection: Connection, maxBytes: number) {
    this.#connection = connection;
    this.#maxBytes = maxBytes;
    this.#evictor = new Evictor(connection, maxBytes);
    this.#touches = new Touches((used) => this.#writeUses(used));
    this.leases = sqliteLeases(connection);
    this.counters = sqliteCounters(connection);
  }

  get(key: string): StoredRecord | undefined {
    return this.#connection.use((_, prepare) => {
      const row = prepare("SELECT record, expires FROM entries WHERE key = ?").get(key);
      if (!row) return undefined;
      this.#touches.add(key);
      return { bytes: row.record as Uint8Array, expiresAt: row.expires as number };
    });
  }

  set(key: string, record: StoredRecord): void {
    const size = record.bytes.byteLength;
    if (size > this.#maxBytes) {
      throw new CacheError(
        "TOO_LARGE",
        `A record of ${size} bytes exceeds the bound of the store.`,
      );
    }
    this.#connection.useToWrite((_, prepare) =>
      prepare(
        `INSERT INTO entries (key, expires, used, size, record) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET expires = excluded.expires, used = excluded.used,
         size = excluded.size, record = excluded.record`,
      ).run(key, record.expiresAt, Date.now(), size, record.bytes),
    );
    const isDue = this.#evictor.grew(size);
    if (isDue) this.#evict();
  }

  delete(key: string): boolean {
    return this.#connection.use((_, prepare) => {
      return Number(prepare("DELETE FROM entries WHERE key = ?").run(key).changes) > 0;
    });
  }

  *entries(): Generator<StoredSummary> {
    let last = 0;
    for (;;) {
      const rows = this.#connection.use((_, prepare) =>
        prepare("SELECT id, key, size, expires FROM entries WHERE id > ? ORDER BY id LIMIT ?").all(
          last,
          PAGE,
        ),
      );
      for (const row of rows) {
        last = row.id as number;
        const { key, size, expires } = row;
        yield { key: String(key), bytes: Number(size), expiresAt: Number(expires) };
      }
      if (rows.length < PAGE) return;
    }
  }

  size(): StoreSize {
    return this.#connection.use((_, prepare) => {
      const row = prepare("SELECT count(*) AS n, total(size) AS bytes FROM entries").get();
      return { entries: Number(row?.n), bytes: Number(row?.bytes) };
    });
  }

  clear(matches?: (key: string) => boolean): number {
    const keys = matches ? [...this.entries()].map(({ key }) => key).filter(matches) : undefined;
    return this.#connection.use((database, prepare) => {
      const deleted = inTransaction(database, () => {
        if (!keys) return Number(prepare("DELETE FROM entries").run().changes);
        const statement = prepare("DELETE FROM entries WHERE key = ?");
        return keys.reduce((sum, key) => sum + Number(statement.run(key).changes), 0);
      });
      // What was deleted is overwritten in the database, but the log still has it.
      prepare("PRAGMA wal_checkpoint(TRUNCATE)").get();
      return deleted;
    });
  }

  prune(now: number): PruneResult {
    this.#touches.flush();
    this.#connection.sweep();
    const expired = this.#evictor.removeExpired(now);
    return { expired, evicted: this.#evict() };
  }

  close(): void {
    this.#touches.flush();
    this.#connection.close();
  }

  #evict(): number {
    this.#touches.flush();
    const evicted = this.#evictor.evict();
    if (evicted > 0) this.onEvict?.(evicted);
    return evicted;
  }

  #writeUses(used: ReadonlyMap<string, number>): void {
    try {
      this.#connection.use((database, prepare) =>
        inTransaction(database, () => {
          const statement = prepare("UPDATE entries SET used = ? WHERE key = ?");
          for (const [key, time] of used) statement.run(time, key);
        }),
      );
    } catch {
      // A use that is forgotten costs at most an early eviction; a fault shows in the next read.
    }
  }
}
