import { setTimeout as sleep } from "node:timers/promises";
import { SecretsError } from "../errors.ts";
import { fileError } from "./file-error.ts";
import { isWithoutLocks, KernelLock, kernelLocks, writersByte } from "./kernel-lock.ts";
import { OwnerRecord } from "./owner-record.ts";
import { shellQuoted } from "./shell-quoted.ts";

interface Lock {
  tryTake(): boolean;
  release(): void;
  abandon(): void;
}

export function lockFileOf(path: string): string {
  return `${path}.lock`;
}

/**
 * Runs a task while no other process holds the lock of this path. Both locks are taken: the kernel
 * lock, if there is one, and the owner record, which keeps out processes without kernel locks.
 *
 * @throws SecretsError `LOCK_TIMEOUT` after `timeout` milliseconds, and the task's own errors
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
    const kernel = locks && (await takeKernel(locks, path, deadline));
    if (kernel) held.push(kernel);
    const lockedAt = kernel && writersByte;
    held.push(await take(() => new OwnerRecord(owner, lockedAt), deadline, owner));
    return await task();
  } finally {
    for (const lock of held.reverse()) lock.release();
  }
}

/**
 * Takes the kernel lock. Returns undefined on a file system without kernel locks, where the owner
 * record must suffice.
 */
async function takeKernel(
  locks: NonNullable<Awaited<ReturnType<typeof kernelLocks>>>,
  path: string,
  deadline: number,
): Promise<Lock | undefined> {
  try {
    return await take(() => new KernelLock(locks, lockFileOf(path)), deadline, `${path}.owner`);
  } catch (error) {
    if (SecretsError.is(error) && isWithoutLocks(error.cause)) return undefined;
    throw error;
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
