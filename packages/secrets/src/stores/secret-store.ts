import type { Vault } from "../vault.ts";
import type { StoredValue } from "./stored-value.ts";

/** How a value is kept. */
export interface SetOptions {
  /** Allows line breaks in the value, as in a PEM key. @default false */
  readonly multiline?: boolean;
  /** The name is due for rotation this many milliseconds later. Needs versions. */
  readonly rotateAfter?: number;
  /** Keeps the version before valid for so many milliseconds. Needs versions. @default 0 */
  readonly overlap?: number;
}

/**
 * A place that holds secrets. Names and values were checked by the caller. Names that differ only
 * by `-`, `.`, `_` or case are one name. What a store cannot do is absent: one that is only read
 * has no `set`, one without versions, roles and audit has no `vault`.
 */
export interface SecretStore {
  /** A word for messages, such as "file". */
  readonly kind: string;
  get(name: string): StoredValue | undefined | Promise<StoredValue | undefined>;
  list(): Promise<readonly string[]>;
  set?(name: string, value: string, options: SetOptions): Promise<StoredValue>;
  /** True when the name was there. */
  delete?(name: string): Promise<boolean>;
  /** Deletes these names in one change; gives how many were there. */
  deleteAll?(names: readonly string[]): Promise<number>;
  /** Looks at once for what others changed. */
  refresh?(): Promise<void>;
  /** Asks whether the store can be asked, and reads no value. Throws why it cannot. */
  check?(): Promise<void>;
  /** Puts the last good state back where the store is damaged. */
  recover?(): Promise<void>;
  /** Puts the store aside and starts again; gives the new names of what was there. */
  reset?(): Promise<readonly string[]>;
  close?(): Promise<void>;
  readonly vault?: Vault;
}
