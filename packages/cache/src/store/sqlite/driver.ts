type Value = string | number | Uint8Array | null;

/**
 * The part of node:sqlite that is used; the types of Node 20, with which this package is built, do
 * not have it.
 */
export interface Statement {
  get(...values: Value[]): Record<string, unknown> | undefined;
  all(...values: Value[]): Record<string, unknown>[];
  run(...values: Value[]): { readonly changes: number | bigint };
}

export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

interface Driver {
  readonly DatabaseSync: new (path: string) => Database;
}

/**
 * The first safe version: earlier ones can lose a write-ahead log that is reset while another
 * process reads it.
 */
const FIRST_SOUND = [3, 51, 3] as const;

/** Returns true if this Node.js has a SQLite version that is safe for a shared cache. */
export function sqliteSupported(): boolean {
  const { sqlite } = process.versions;
  return sqlite !== undefined && isSound(sqlite) && process.getBuiltinModule !== undefined;
}

function isSound(version: string): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, wanted] of FIRST_SOUND.entries()) {
    const found = parts[index] ?? 0;
    if (found !== wanted) return found > wanted;
  }
  return true;
}

/**
 * Loads node:sqlite without its warning, which Node 22 would print on stderr. It is stable enough
 * for a cache.
 */
export function loadSqlite(): Driver | undefined {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule("node:sqlite") as Driver | undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}
