import type { KeyProvider, WrappedKey } from "./keys/key-provider.ts";
import type { StoreBody } from "./store-body.ts";

/** What a container needs to write a body again: who can open it. */
export interface Seal {
  storeId: string;
  generation: number;
  keys: readonly WrappedKey[];
  /** Undefined in a plaintext store. */
  dataKey: Uint8Array | undefined;
  /** True when the file that is replaced must not be kept: a key was taken away from it. */
  dropBackup?: boolean;
  /** True when later lines of the audit get a key of their own. */
  newEpoch?: boolean;
}

export interface Loaded {
  readonly body: StoreBody;
  readonly seal: Seal;
}

/** Where a vault keeps its body. */
export interface Container {
  readonly kind: string;
  /** What can open it; absent where no key is wrapped. */
  readonly providers?: KeyProvider[];
  /** The file of the kernel's locks, where processes share what is kept. */
  readonly lockFile?: string;
  /** Changes when what is kept may have changed. Cheap. */
  signature(): string;
  /** What is kept now, authenticated; undefined when nothing is there yet. */
  read(): Promise<Loaded | undefined>;
  /** What a first write needs; under the lock where `read` gave undefined. The same until then. */
  create(): Promise<Loaded>;
  /** Asks for what `KeyWanted` said is missing. Called without the lock. */
  unlock?(): Promise<void>;
  /** Replaces what is kept. Called under the lock. */
  write(next: Loaded): Promise<void>;
  /**
   * Runs a task while no other writer, in any process, runs one. Waits for the usual time, or for
   * so many milliseconds.
   */
  exclusively<T>(task: () => Promise<T>, timeout?: number): Promise<T>;
}

/** Under the lock nobody is asked: it is left, `unlock` asks, and the task begins again. */
export class KeyWanted extends Error {
  override readonly name = "KeyWanted";
}
