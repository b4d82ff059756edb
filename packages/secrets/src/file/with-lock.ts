import { setTimeout as sleep } from "node:timers/promises";
import { SecretsError } from "../errors.ts";
import { fileError } from "./file-error.ts";
import { KernelLock, kernelLocks } from "./kernel-lock.ts";
import { OwnerRecord } from "./owner-record.ts";
import { shellQuoted } from "./private-folder.ts";

interface Lock {
  tryTake(): boolean;
  release(): void;
  abandon(): void;
}

/**
 * Runs a task while no other process holds the lock of this path. Both locks are taken: the
 * kernel's where there is one, and the record, by which a process without the first is kept out.
 *
 * @throws SecretsError `LOCK_TIMEOUT` after so many milliseconds, and what the task throws
 */
export async function withLock<T>(
  path: string,
  timeout: number,
  task: () => Promise<T>,
): Promise<T> {
  const locks = await kernelLocks();
  const deadline = performance.now() + timeout;
  const owner = `${path}.owner`;
  const held: Lock[] = [];
  try {
    if (locks) held.push(await take(() => new KernelLock(locks, `${path}.lock`), deadline, owner));
    held.push(await take(() => new OwnerRecord(owner), deadline, owner));
    return await task();
  } finally {
    for (const lock of held.reverse()) lock.release();
  }
}

async function take(make: () => Lock, deadline: number, owner: string): Promise<Lock> {
  let lock: Lock | undefined;
  try {
    lock = make();
    for (let wait = 1; !lock.tryTake(); wait = Math.min(wait * 2, 32)) {
      if (performance.now() > deadline) throw timedOut(owner);
      await sleep(wait * (0.5 + Math.random()));
    }
    return lock;
  } catch (error) {
    lock?.abandon();
    throw fileError(error, "write", owner);
  }
}

function timedOut(owner: string): SecretsError {
  return new SecretsError(
    "LOCK_TIMEOUT",
    "Another process is writing the store and did not end in time. Try again. If the owner that " +
      `${owner} names is on another machine and surely gone, run: rm ${shellQuoted(owner)}`,
    { retryable: true },
  );
}
