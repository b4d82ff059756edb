import { CacheError } from "../../error.ts";
import { type Database, loadSqlite } from "./driver.ts";
import { isBusy } from "./sqlite-error.ts";

/** "ACC1": distinguishes the database from that of any other program. */
const APPLICATION = 0x41434331;
/** Format 2 added the notes of invalidations, 3 those that come with an entry. */
const FORMAT = 3;
/** The highest format that a newer version may have; a higher one is damage. */
const LAST_CREDIBLE_FORMAT = 1000;

/** How long SQLite waits for a lock, in ms; it blocks the program's thread. */
const BUSY_TIMEOUT = 50;
/** How long opening a new database is tried, in ms. */
const PATIENCE = 300;

const NOTES = `
  CREATE TABLE IF NOT EXISTS notes (seq INTEGER PRIMARY KEY, author TEXT NOT NULL, target TEXT NOT NULL);
  INSERT OR IGNORE INTO notes (seq, author, target) VALUES (0, lower(hex(randomblob(16))), '');
  PRAGMA user_version = ${FORMAT};`;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, expires REAL NOT NULL,
    used INTEGER NOT NULL, size INTEGER NOT NULL, record BLOB NOT NULL, author TEXT, target TEXT);
  CREATE INDEX IF NOT EXISTS by_use ON entries (used, expires, size);
  CREATE TABLE IF NOT EXISTS leases (key TEXT PRIMARY KEY, lease TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, amount REAL NOT NULL) WITHOUT ROWID;
  PRAGMA application_id = ${APPLICATION};${NOTES}`;

/**
 * Opens a database, and initializes a new one. Processes that open a new one at the same moment can
 * get "database is locked" in spite of the timeout, so it is tried again.
 *
 * @throws CacheError `NEWER_FORMAT`, `DAMAGED`, or SQLite's error
 */
export function openDatabase(path: string): Database {
  const end = performance.now() + PATIENCE;
  for (let attempt = 1; ; attempt++) {
    try {
      return open(path);
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
      pause(attempt * 3);
    }
  }
}

function open(path: string): Database {
  const driver = loadSqlite();
  if (!driver) throw new CacheError("INVALID_OPTION", "This Node.js has no node:sqlite.");
  const database = new driver.DatabaseSync(path);
  try {
    // This comes first, because every later statement may meet a lock.
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
    const format = checkFormat(database, path);
    const isNew = format === 0;
    if (isNew) database.exec("PRAGMA page_size = 8192");
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      PRAGMA secure_delete = ON; PRAGMA mmap_size = 0; PRAGMA journal_size_limit = 8388608;`);
    if (isNew) inTransaction(database, () => database.exec(SCHEMA));
    else if (format < FORMAT) inTransaction(database, () => carryOver(database));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Migrates from an earlier format. Another process may have done so since the format was read. */
function carryOver(database: Database): void {
  const columns = database.prepare("SELECT name FROM pragma_table_info('entries')").all();
  if (!columns.some(({ name }) => name === "author")) {
    database.exec("ALTER TABLE entries ADD COLUMN author TEXT");
    database.exec("ALTER TABLE entries ADD COLUMN target TEXT");
  }
  database.exec(NOTES);
}

/** Returns the format of the database; 0 for an empty one. */
function checkFormat(database: Database, path: string): number {
  const { format, application, tables } = readFormat(database);
  if (format > 0 && format <= FORMAT && application === APPLICATION) return format;
  if (format === 0 && application === 0 && tables === 0) return 0;
  if (application === APPLICATION && format > FORMAT && format <= LAST_CREDIBLE_FORMAT) {
    const message = `${path} has format ${format}; this version reads ${FORMAT}. Update @acc/cache.`;
    throw new CacheError("NEWER_FORMAT", message);
  }
  throw new CacheError("DAMAGED", `${path} is not a database of this cache. It is set aside.`);
}

/**
 * Reads in one transaction, because another process may initialize the database between two reads.
 */
function readFormat(database: Database): { format: number; application: number; tables: number } {
  database.exec("BEGIN");
  try {
    const read = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
    return {
      format: read("PRAGMA user_version"),
      application: read("PRAGMA application_id"),
      tables: read("SELECT count(*) FROM sqlite_schema"),
    };
  } finally {
    database.exec("COMMIT");
  }
}

export function inTransaction<T>(database: Database, run: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = run();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    try {
      database.exec("ROLLBACK");
    } catch {
      // SQLite has already rolled back.
    }
    throw error;
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
