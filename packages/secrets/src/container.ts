import type { KeyProvider, WrappedKey } from "./keys/key-provider.ts";
import type { StoreBody } from "./store-body.ts";

/** What a container needs to write a body again: who can open it. */
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

/** Where a vault keeps its body. */
export interface Container {
  readonly kind: string;
  /** What can open it; absent if no key is wrapped. */
  readonly providers?: KeyProvider[];
  /** The file of the kernel's locks, if processes share the stored data. */
  readonly lockFile?: string;
  /** Changes when the stored data may have changed. Cheap. */
  signature(): string;
  /** The stored data, authenticated; undefined if there is none yet. */
  read(): Promise<Loaded | undefined>;
  /**
   * What a first write needs; called under the lock if `read` returned undefined. The same until
   * then.
   */
  create(): Promise<Loaded>;
  /** Asks for what `KeyWanted` says is missing. Called without the lock. */
  unlock?(): Promise<void>;
  /** Replaces the stored data. Called under the lock. */
  write(next: Loaded): Promise<void>;
  /**
   * Runs a task while no other writer, in any process, runs one. Waits for the usual time, or for
   * this many milliseconds.
   */
  exclusively<T>(task: () => Promise<T>, timeout?: number): Promise<T>;
}

/**
 * Nobody is asked under the lock: the lock is released, `unlock` asks, and the task starts again.
 */
export class KeyWanted extends Error {
  override readonly name = "KeyWanted";
}
