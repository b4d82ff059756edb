import type { Vault } from "../vault.ts";
import type { StoredValue } from "./stored-value.ts";

/** Options of `set`. */
export interface SetOptions {
  /** Allows line breaks in the value, as in a PEM key. @default false */
  readonly multiline?: boolean;
  /** How many milliseconds later the name is due for rotation. Needs versions. */
  readonly rotateAfter?: number;
  /** How many milliseconds the previous version stays valid. Needs versions. @default 0 */
  readonly overlap?: number;
}

/**
 * A place that holds secrets. The caller has checked names and values. Names that differ only by
 * `-`, `.`, `_` or case are the same name. Methods that a store does not support are absent: a
 * read-only store has no `set`, one without versions, roles and audit has no `vault`.
 */
export interface SecretStore {
  /** The kind of the store for messages, such as "file". */
  readonly kind: string;
  get(name: string): StoredValue | undefined | Promise<StoredValue | undefined>;
  list(): Promise<readonly string[]>;
  set?(name: string, value: string, options: SetOptions): Promise<StoredValue>;
  /** Returns true if the name existed. */
  delete?(name: string): Promise<boolean>;
  /** Deletes these names in one change. Returns how many existed. */
  deleteAll?(names: readonly string[]): Promise<number>;
  /** Looks at once for changes by others. */
  refresh?(): Promise<void>;
  /**
   * Checks that the store can be reached, without reading a value. Throws the reason if it cannot.
   */
  check?(): Promise<void>;
  /** Restores the last good state of a damaged store. */
  recover?(): Promise<void>;
  /** Renames the store's files and starts an empty store. Returns the new file names. */
  reset?(): Promise<readonly string[]>;
  close?(): Promise<void>;
  readonly vault?: Vault;
}
