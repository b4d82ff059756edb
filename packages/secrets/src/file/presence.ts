import { dirname } from "node:path";
import { crypto } from "../crypto.ts";
import { KernelLock, kernelLocks } from "./kernel-lock.ts";
import { isLocalFolder } from "./local-file-system.ts";
import { isDead, newIdentity, type ProcessIdentity } from "./process-identity.ts";

/** Shows that a process is at work on something that takes longer than a write. */
export interface Presence {
  readonly identity: ProcessIdentity;
  end(): void;
}

/**
 * Shows the presence of this process until `end` is called: it holds a lock on one byte of the
 * store's lock file, so that processes in other containers notice when it dies.
 */
export async function bePresent(lockFile: string | undefined): Promise<Presence> {
  const locks = await kernelLocks();
  if (lockFile !== undefined && locks !== undefined) {
    const at = 1 + crypto().randomInt(2 ** 40);
    const lock = tryOpen(() => new KernelLock(locks, lockFile, at));
    if (lock && tryOpen(() => lock.tryTake())) {
      return { identity: newIdentity(at), end: () => lock.release() };
    }
    lock?.abandon();
  }
  return { identity: newIdentity(), end: () => undefined };
}

/** Returns a function that tells whether a process that was present is certainly dead. */
export async function judgeOfPresence(
  lockFile: string | undefined,
): Promise<(identity: ProcessIdentity) => boolean> {
  const locks = await kernelLocks();
  const isLockFree = ({ lockedAt }: ProcessIdentity, isSameBoot: boolean): boolean | undefined => {
    if (!lockFile || !locks || !(isSameBoot || isLocalFolder(dirname(lockFile)))) return undefined;
    const lock = tryOpen(() => new KernelLock(locks, lockFile, lockedAt));
    const free = lock && tryOpen(() => lock.tryTake());
    lock?.release();
    return free;
  };
  return (identity) => isDead(identity, isLockFree);
}

function tryOpen<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}
