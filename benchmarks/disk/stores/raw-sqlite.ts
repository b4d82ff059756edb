import { join } from "node:path";
import type { DiskStore } from "../disk-store.ts";

const load = () => import("node:sqlite");

/** The least that a table of JSON does: nothing is checked, counted, bounded or ever removed. */
export const rawSqlite: DiskStore = {
  name: "raw node:sqlite",
  kind: "floor",
  load,
  async open(directory) {
    const { DatabaseSync } = await load();
    const database = new DatabaseSync(join(directory, "raw.db"));
    database.exec(`PRAGMA busy_timeout = 5000; PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL; CREATE TABLE IF NOT EXISTS entries
      (key TEXT PRIMARY KEY, expires REAL NOT NULL, value BLOB NOT NULL)`);
    const select = database.prepare("SELECT value FROM entries WHERE key = ? AND expires > ?");
    const insert = database.prepare(
      "INSERT OR REPLACE INTO entries (key, expires, value) VALUES (?, ?, ?)",
    );
    const set = (key: string, value: unknown) =>
      insert.run(key, Date.now() + 86_400_000, Buffer.from(JSON.stringify(value)));
    return {
      get(key) {
        const row = select.get(key, Date.now());
        const bytes = row?.value as Uint8Array | undefined;
        return (
          bytes && JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString())
        );
      },
      set,
      setAll(entries) {
        database.exec("BEGIN");
        for (const [key, value] of entries) set(key, value);
        database.exec("COMMIT");
      },
      close: () => database.close(),
    };
  },
};
