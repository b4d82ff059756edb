import { closeSync, constants, openSync } from "node:fs";

type Locks = Pick<typeof import("fs-native-extensions"), "tryLock">;

let loaded: Promise<Locks | undefined> | undefined;

/**
 * Returns the kernel's file locks, or undefined if their native part cannot be loaded, as on musl.
 */
export function kernelLocks(): Promise<Locks | undefined> {
  loaded ??= import("fs-native-extensions").then(
    (module) => ("default" in module ? (module.default as Locks) : module),
    () => undefined,
  );
  return loaded;
}

/**
 * The byte that writers of the store lock; a lock on another byte shows that a process is alive.
 */
export const writersByte = 0;

/**
 * A kernel lock on one byte of a file that is never removed. When a process dies, its lock is
 * released.
 */
export class KernelLock {
  readonly #locks: Locks;
  readonly #file: number;
  readonly #at: number;

  constructor(locks: Locks, path: string, at: number = writersByte) {
    this.#locks = locks;
    this.#at = at;
    this.#file = openSync(
      path,
      constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0),
      0o600,
    );
  }

  tryTake(): boolean {
    return this.#locks.tryLock(this.#file, this.#at, 1);
  }

  /** Releases the lock by closing its only descriptor. */
  release(): void {
    closeSync(this.#file);
  }

  abandon(): void {
    closeSync(this.#file);
  }
}

const withoutLocks: ReadonlySet<string> = new Set([
  "ENOLCK",
  "Unknown system error -37", // ENOLCK, as libuv tells it on Linux
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EINVAL",
]);

/** Returns true if the error means that the file system has no kernel locks. */
export function isWithoutLocks(error: unknown): boolean {
  return withoutLocks.has((error as NodeJS.ErrnoException | null)?.code ?? "");
}
