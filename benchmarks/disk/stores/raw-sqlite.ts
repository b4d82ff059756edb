import { hash } from "node:crypto";
import { join } from "node:path";
import type { DiskStore, OpenDiskStore } from "../disk-store.ts";

const load = () => import("node:sqlite");
const NO_SUM = Buffer.alloc(0);

/** The least that a table of JSON does: nothing is checked, counted, bounded or ever removed. */
export const rawSqlite: DiskStore = table("raw node:sqlite", () => NO_SUM);

/** The same, and a value that is not what was stored is found out. */
export const checkedSqlite: DiskStore = table("raw node:sqlite + sha256", (bytes) =>
  hash("sha256", bytes, "buffer"),
);

function table(name: string, sumOf: (bytes: Uint8Array) => Buffer): DiskStore {
  return { name, kind: "floor", load, open: (directory) => open(directory, sumOf) };
}

async function open(
  directory: string,
  sumOf: (bytes: Uint8Array) => Buffer,
): Promise<OpenDiskStore> {
  const { DatabaseSync } = await load();
  const database = new DatabaseSync(join(directory, "raw.db"));
  database.exec(`PRAGMA busy_timeout = 5000; PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL; CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY,
    expires REAL NOT NULL, sum BLOB NOT NULL, value BLOB NOT NULL)`);
  const select = database.prepare("SELECT sum, value FROM entries WHERE key = ? AND expires > ?");
  const insert = database.prepare("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)");
  const set = (key: string, value: unknown) => {
    const bytes = Buffer.from(JSON.stringify(value));
    insert.run(key, Date.now() + 86_400_000, sumOf(bytes), bytes);
  };
  return {
    get(key) {
      const row = select.get(key, Date.now());
      if (!row) return undefined;
      const { buffer, byteOffset, length } = row.value as Uint8Array;
      const bytes = Buffer.from(buffer, byteOffset, length);
      if (sumOf(bytes).compare(row.sum as Uint8Array) !== 0) throw new Error("a value is damaged");
      return JSON.parse(bytes.toString());
    },
    set,
    setAll(entries) {
      database.exec("BEGIN");
      for (const [key, value] of entries) set(key, value);
      database.exec("COMMIT");
    },
    close: () => database.close(),
  };
}
