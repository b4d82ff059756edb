import type { KeyProvider, WrappedKey } from "./keys/key-provider.ts";
import type { StoreBody } from "./store-body.ts";

/** The part of a store that a container needs, besides the body, to write the store again. */
export interface Seal {
  storeId: string;
  generation: number;
  keys: readonly WrappedKey[];
  /** Undefined in a plaintext store. */
  dataKey: Uint8Array | undefined;
  /** True if the file that is replaced must not be kept: a key was removed from it. */
  dropBackup?: boolean;
  /** True if later lines of the audit get a key of their own. */
  newEpoch?: boolean;
}

export interface Loaded {
  readonly body: StoreBody;
  readonly seal: Seal;
}

/** The place where a vault keeps its body. */
export interface Container {
  readonly kind: string;
  /** The providers of keys that can open it; absent if no key is wrapped. */
  readonly providers?: KeyProvider[];
  /** The file for kernel locks, if processes share the stored data. */
  readonly lockFile?: string;
  /** Returns a text that changes when the stored data may have changed. It is cheap to call. */
  signature(): string;
  /** Reads and authenticates the stored data; undefined if there is none yet. */
  read(): Promise<Loaded | undefined>;
  /**
   * Returns the data of a new store; called under the lock if `read` returned undefined. It is the
   * same until the first write.
   */
  create(): Promise<Loaded>;
  /** Asks for the key that was missing when `KeyWanted` was thrown. Called without the lock. */
  unlock?(): Promise<void>;
  /** Replaces the stored data. Called under the lock. */
  write(next: Loaded): Promise<void>;
  /**
   * Runs a task while no other writer, in any process, runs one. Waits for the lock as long as the
   * store's options say, or for `timeout` milliseconds.
   */
  exclusively<T>(task: () => Promise<T>, timeout?: number): Promise<T>;
}

/**
 * Thrown under the lock when a person has to be asked for a key: the lock is released, `unlock`
 * asks, and the task starts again.
 */
export class KeyWanted extends Error {
  override readonly name = "KeyWanted";
}
