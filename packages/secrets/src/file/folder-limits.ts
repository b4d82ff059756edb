import { link, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { crypto } from "../crypto.ts";
import { KernelLock, kernelLocks } from "./kernel-lock.ts";

/**
 * A feature that a folder's file system lacks. Without hard links, a backup is copied and the owner
 * record is written in place. Without a sync of the folder, a power failure may undo the last
 * write. Without kernel locks, only the owner record keeps other writers out.
 */
export type FolderLimit = "links" | "folder-sync" | "locks";

/**
 * Tries the operations of a store's write in a folder, with a temporary file. A folder that does
 * not exist or cannot be written to has no limits to report.
 */
export async function folderLimits(folder: string): Promise<readonly FolderLimit[]> {
  const name = join(folder, `.acc-secrets-probe-${crypto().randomUUID()}`);
  const file = await open(name, "wx", 0o600).catch(() => undefined);
  if (!file) return [];
  const limits: FolderLimit[] = [];
  const trying = async (limit: FolderLimit, attempt: () => Promise<unknown>): Promise<void> => {
    await attempt().catch(() => limits.push(limit));
  };
  try {
    await trying("links", () => link(name, `${name}.link`));
    if (process.platform !== "win32") await trying("folder-sync", () => syncOf(folder));
    await trying("locks", () => lockOf(name));
  } finally {
    await file.close();
    await rm(`${name}.link`, { force: true });
    await rm(name, { force: true });
  }
  return limits;
}

async function syncOf(folder: string): Promise<void> {
  const opened = await open(folder, "r");
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

async function lockOf(path: string): Promise<void> {
  const locks = await kernelLocks();
  if (!locks) throw new Error("The native part of the locks cannot be loaded.");
  const lock = new KernelLock(locks, path);
  try {
    lock.tryTake();
  } finally {
    lock.release();
  }
}
