import { closeSync, constants, openSync } from "node:fs";

type Locks = Pick<typeof import("fs-native-extensions"), "tryLock">;

let loaded: Promise<Locks | undefined> | undefined;

/** Kernel file locks, or undefined where their native part cannot be loaded, as on musl. */
export function kernelLocks(): Promise<Locks | undefined> {
  loaded ??= import("fs-native-extensions").then(
    (module) => ("default" in module ? (module.default as Locks) : module),
    () => undefined,
  );
  return loaded;
}

/** A kernel lock on a file that is never unlinked. A dead process releases it. */
export class KernelLock {
  readonly #locks: Locks;
  readonly #file: number;

  constructor(locks: Locks, path: string) {
    this.#locks = locks;
    this.#file = openSync(
      path,
      constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0),
      0o600,
    );
  }

  tryTake(): boolean {
    return this.#locks.tryLock(this.#file);
  }

  /** Closing the only descriptor of it lets the lock go. */
  release(): void {
    closeSync(this.#file);
  }

  abandon(): void {
    closeSync(this.#file);
  }
}
