import { setImmediate as nextTurn } from "node:timers/promises";
import { CacheError } from "../../error.ts";
import { DEFAULT_DISK_BYTES } from "../bounds.ts";
import { checkedBound } from "../checked-bound.ts";
import { checkedDirectory } from "../checked-directory.ts";
import type {
  CacheStore,
  CounterStore,
  InvalidationStore,
  LeaseStore,
  PruneResult,
  StoredRecord,
  StoredSummary,
  StoreSize,
} from "../store.ts";
import { Touches } from "../touches.ts";
import { Connection, type Prepare } from "./connection.ts";
import { sqliteSupported } from "./driver.ts";
import { Evictor } from "./evictor.ts";
import { deleteRows } from "./removed-rows.ts";
import { sqliteCounters } from "./sqlite-counters.ts";
import { isFull } from "./sqlite-error.ts";
import { sqliteLeases } from "./sqlite-leases.ts";
import { addNote, LAST_NUMBER, PendingNote, sqliteNotes } from "./sqlite-notes.ts";

/** Options of `sqliteStore`. */
export interface SqliteStoreOptions {
  /**
   * The folder, created with mode 0700 at the first use; not on a network file system, because the
   * log needs shared memory.
   */
  readonly directory: string;
  /** The limit of the database in bytes, plus at most 8 MiB for its log. @default 536_870_912 */
  readonly maxBytes?: number;
}

const PAGE = 1000;

// Constant strings, because prepared statements are found by their text.
const INSERT = `INSERT INTO entries (id, key, author, target, expires, used, size, record)
  VALUES (${LAST_NUMBER} + 1, ?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (key)`;
const INSERT_NEW = `${INSERT} DO NOTHING`;
const UPSERT = `${INSERT} DO UPDATE SET expires = excluded.expires, used = excluded.used,
  size = excluded.size, record = excluded.record`;

/**
 * Creates a store with one database for all processes of a machine, through node:sqlite.
 *
 * @throws CacheError `INVALID_OPTION` if SQLite is missing or older than 3.51.3
 */
export function sqliteStore(options: SqliteStoreOptions): CacheStore {
  if (!sqliteSupported()) {
    const found = process.versions.sqlite ?? "none";
    const message = `sqliteStore needs SQLite 3.51.3 or later; this Node.js has ${found}. Use filesStore.`;
    throw new CacheError("INVALID_OPTION", message);
  }
  const { directory, maxBytes = DEFAULT_DISK_BYTES } = options;
  return new SqliteStore(new Connection(checkedDirectory(directory)), checkedBound(maxBytes));
}

class SqliteStore implements CacheStore {
  readonly name = "sqlite";
  readonly leases: LeaseStore;
  readonly counters: CounterStore;
  readonly invalidations: InvalidationStore;
  onEvict?: (count: number) => void;
  readonly #connection: Connection;
  readonly #maxBytes: number;
  readonly #evictor: Evictor;
  readonly #touches: Touches;
  readonly #pending: PendingNote = new PendingNote();
  #evicting: NodeJS.Immediate | undefined;

  constructor(connection: Connection, maxBytes: number) {
    this.#connection = connection;
    this.#maxBytes = maxBytes;
    this.#evictor = new Evictor(connection, maxBytes);
    this.#touches = new Touches((used) => this.#writeUses(used));
    this.leases = sqliteLeases(connection);
    this.counters = sqliteCounters(connection);
    const { around, since } = sqliteNotes(connection, this.#pending);
    this.invalidations = {
      since,
      around: (note, change) => {
        if (this.#evictor.isOverdue) this.#evictSoon();
        return around(note, change);
      },
    };
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
    this.#connection.useThere((_, prepare) => this.#put(prepare, key, record));
    if (this.#evictor.grew(size)) this.#evictSoon();
  }

  #put(prepare: Prepare, key: string, { bytes, expiresAt }: StoredRecord): void {
    const { author = null, target = null } = this.#pending.note ?? {};
    const values = [expiresAt, Date.now(), bytes.byteLength, bytes] as const;
    // A new row is itself the note, so that no additional page is written.
    const inserted = prepare(INSERT_NEW).run(key, author, target, ...values);
    if (inserted.changes > 0) {
      this.#pending.taken();
      return;
    }
    this.#noted((prepare) => prepare(UPSERT).run(key, author, target, ...values));
  }

  delete(key: string): boolean {
    return this.#noted(
      (prepare) => deleteRows(prepare, "SELECT id FROM entries WHERE key = ?", key) > 0,
    );
  }

  /** Makes a change together with the pending note, if there is one. */
  #noted<T>(change: (prepare: Prepare) => T): T {
    return this.#connection.transaction((prepare) => {
      const { note } = this.#pending;
      const changed = change(prepare);
      if (note) addNote(prepare, note);
      this.#pending.taken();
      return changed;
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

  /** Deletes in steps, so that neither this program nor another one waits long. */
  async clear(matches?: (key: string) => boolean): Promise<number> {
    let deleted = 0;
    // A transaction in which this is called has then ended.
    await nextTurn();
    try {
      for (let last = 0; ; ) {
        const rows = this.#connection.useThere((_, prepare) =>
          prepare("SELECT id, key FROM entries WHERE id > ? ORDER BY id LIMIT ?").all(last, PAGE),
        );
        const chosen = matches ? rows.filter(({ key }) => matches(String(key))) : rows;
        deleted += this.#deleteRows(chosen.map(({ id }) => Number(id)));
        if (rows.length < PAGE) break;
        last = Number(rows.at(-1)?.id);
        await nextTurn();
      }
      // The deleted records are overwritten in the database, but still in the log.
      this.#connection.use((_, prepare) => prepare("PRAGMA wal_checkpoint(TRUNCATE)").get());
      return deleted;
    } catch (error) {
      if (matches || !isFull(error)) throw error;
      const { entries } = this.size();
      this.#connection.discard();
      return deleted + entries;
    }
  }

  prune(now: number): PruneResult {
    this.#touches.flush();
    this.#connection.sweep();
    const expired = this.#evictor.removeExpired(now);
    return { expired, evicted: this.#evict() };
  }

  close(): void {
    if (this.#evicting) this.#evictNow();
    this.#touches.flush();
    this.#connection.close();
  }

  #deleteRows(ids: readonly number[]): number {
    return this.#connection.transaction((prepare) =>
      ids.reduce((sum, id) => sum + deleteRows(prepare, "?", id), 0),
    );
  }

  /** Evicts after the current `set`, so that the caller does not wait for it. */
  #evictSoon(): void {
    if (this.#evictor.isOverdue && !this.#connection.inTransaction) this.#evictNow();
    else this.#evicting ??= setImmediate(() => this.#evictNow());
  }

  #evictNow(): void {
    clearImmediate(this.#evicting);
    this.#evicting = undefined;
    try {
      this.#evict();
    } catch {
      // A failed eviction is soon tried again; the next write reports the fault.
    }
  }

  #evict(): number {
    this.#touches.flush();
    const evicted = this.#evictor.evict();
    if (evicted > 0) this.onEvict?.(evicted);
    return evicted;
  }

  #writeUses(used: ReadonlyMap<string, number>): void {
    try {
      this.#connection.transaction((prepare) => {
        const statement = prepare("UPDATE entries SET used = ? WHERE key = ?");
        for (const [key, time] of used) statement.run(time, key);
      });
    } catch {
      // A lost use costs at most an early eviction; the next read reports the fault.
    }
  }
}
