import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { decodeEntryFile, HEAD_BYTES } from "./entry-file.ts";

export interface WalkedEntry {
  readonly path: string;
  /** Undefined for a file that this store did not write, or that cannot be read. */
  readonly key: string | undefined;
  /**
   * The error of a file that cannot be read, for example one that a run with sudo left to another
   * user.
   */
  readonly failure?: unknown;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Milliseconds since the epoch. */
  readonly usedAt: number;
}

/** Yields every entry file, and lets other work run after each shard. */
export async function* walk(entries: string): AsyncGenerator<WalkedEntry> {
  for (const shard of list(entries)) {
    for (const name of list(join(entries, shard))) {
      const walked = look(join(entries, shard, name));
      if (walked) yield walked;
    }
    await setImmediate();
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/**
 * Returns true if the file was removed in the meantime, or if a foreign file is in the place of a
 * folder.
 */
function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}

/** Returns undefined for a folder, and for a file that another process has removed. */
function look(path: string): WalkedEntry | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) return undefined;
  const { size: bytes, mtimeMs: usedAt } = stat;
  try {
    const head = decodeEntryFile(readHead(path));
    return { path, key: head?.key, bytes, expiresAt: head?.expiresAt ?? 0, usedAt };
  } catch (failure) {
    if (isAbsent(failure)) return undefined;
    return { path, key: undefined, bytes, expiresAt: Number.POSITIVE_INFINITY, usedAt, failure };
  }
}

const head = Buffer.allocUnsafeSlow(HEAD_BYTES);

function readHead(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    return head.subarray(0, readSync(file, head, 0, head.length, 0));
  } finally {
    closeSync(file);
  }
}
