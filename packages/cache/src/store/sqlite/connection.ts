import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { CacheError } from "../../error.ts";
import { ownFolder } from "../own-folder.ts";
import { currentDatabase, removeDatabase, removeSetAside, setAside } from "./database-file.ts";
import type { Database, Statement } from "./driver.ts";
import { inTransaction, openDatabase } from "./open-database.ts";
import { isBusy, isDamage } from "./sqlite-error.ts";

export type Prepare = (sql: string) => Statement;

interface Open {
  readonly path: string;
  /** Identifies the file, because another one may have taken its path. */
  readonly inode: number;
  readonly database: Database;
  readonly statements: Map<string, Statement>;
}

/**
 * The database of a folder, opened at the first use, and opened again if the file was removed or
 * damaged.
 */
export class Connection {
  readonly #directory: string;
  readonly #folder: string;
  #open: Open | undefined;
  #inTransaction = false;

  constructor(directory: string) {
    this.#directory = directory;
    this.#folder = join(directory, "sqlite");
  }

  /**
   * Runs SQL on the open database. A damaged database is set aside, and the next call opens a new
   * one.
   */
  use<T>(run: (database: Database, prepare: Prepare) => T): T {
    let path: string | undefined;
    try {
      path = this.#open?.path ?? this.#current();
      this.#open ??= opened(path);
      return run(this.#open.database, this.#prepare);
    } catch (error) {
      throw path === undefined ? error : this.#failed(path, error);
    }
  }

  /**
   * Like `use`, but first checks that the open file still exists: writes to a deleted file would be
   * lost.
   */
  useThere<T>(run: (database: Database, prepare: Prepare) => T): T {
    const open = this.#inTransaction ? undefined : this.#open;
    if (open && inodeOf(open.path) !== open.inode) this.#closeQuietly();
    return this.use(run);
  }

  /** Runs a transaction; inside another one, as a part of it. */
  transaction<T>(run: (prepare: Prepare) => T): T {
    if (this.#inTransaction) return this.use((_, prepare) => run(prepare));
    return this.useThere((database, prepare) => {
      this.#inTransaction = true;
      try {
        return inTransaction(database, () => run(prepare));
      } finally {
        this.#inTransaction = false;
      }
    });
  }

  /** Deletes the database, when there is no room to delete its content. */
  discard(): void {
    const path = this.#open?.path ?? this.#current();
    this.#closeQuietly();
    removeDatabase(path);
  }

  #current(): string {
    ownFolder(this.#directory);
    ownFolder(this.#folder);
    return currentDatabase(this.#folder);
  }

  get inTransaction(): boolean {
    return this.#inTransaction;
  }

  sweep(): void {
    removeSetAside(this.#folder);
  }

  close(): void {
    const open = this.#open;
    this.#open = undefined;
    open?.database.close();
  }

  readonly #prepare = (sql: string): Statement => {
    const { database, statements } = this.#open as Open;
    let statement = statements.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };

  #failed(path: string, error: unknown): unknown {
    const damage = isDamage(error);
    if (isBusy(error)) return busy(path, error);
    if (!damage && existsSync(path)) return error;
    this.#closeQuietly();
    if (!damage) return error;
    setAside(this.#folder, path);
    const message = `The database ${path} is damaged. It is set aside and a new one is begun.`;
    return new CacheError("DAMAGED", message, { cause: error });
  }

  #closeQuietly(): void {
    try {
      this.close();
    } catch {
      // A damaged database may also fail to close.
    }
  }
}

function opened(path: string): Open {
  const database = openDatabase(path);
  return { path, inode: inodeOf(path) ?? 0, database, statements: new Map() };
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

function busy(path: string, cause: unknown): CacheError {
  const message = `Another process has locked ${path}.`;
  return new CacheError("STORE_BUSY", message, { cause, retryable: true });
}
