import { existsSync } from "node:fs";
import { join } from "node:path";
import { CacheError } from "../../error.ts";
import { currentDatabase, removeSetAside, setAside } from "./database-file.ts";
import type { Database, Statement } from "./driver.ts";
import { openDatabase } from "./open-database.ts";
import { isDamage } from "./sqlite-error.ts";

interface Open {
  readonly path: string;
  readonly database: Database;
  readonly statements: Map<string, Statement>;
}

/** The database of a folder, opened at the first use and again when the file has gone or gone bad. */
export class Connection {
  readonly #folder: string;
  #open: Open | undefined;

  constructor(directory: string) {
    this.#folder = join(directory, "sqlite");
  }

  /** Runs SQL on the open database; on damage it is set aside, and the next call has a new one. */
  use<T>(run: (database: Database, prepare: (sql: string) => Statement) => T): T {
    let path: string | undefined;
    try {
      path = this.#open?.path ?? currentDatabase(this.#folder);
      this.#open ??= { path, database: openDatabase(path), statements: new Map() };
      return run(this.#open.database, this.#prepare);
    } catch (error) {
      throw path === undefined ? error : this.#failed(path, error);
    }
  }

  /** For a write: what is written to a file that was deleted is lost without an error. */
  useToWrite<T>(run: (database: Database, prepare: (sql: string) => Statement) => T): T {
    if (this.#open && !existsSync(this.#open.path)) this.#closeQuietly();
    return this.use(run);
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
      // What is damaged may not close either.
    }
  }
}
