type Value = string | number | Uint8Array | null;

/** The part of node:sqlite that is used here; Node 20, whose types these are built with, has none. */
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

/** Earlier ones can lose a write-ahead log that is reset while another process reads it. */
const FIRST_SOUND = [3, 51, 3] as const;

/** Whether this Node has a SQLite that a shared cache can be trusted to. */
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

/** node:sqlite is stable enough for a cache; Node 22 would warn of it on every program's stderr. */
export function loadSqlite(): Driver | undefined {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule("node:sqlite") as Driver | undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}
