import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { decodeEntryFile, HEAD_BYTES } from "./entry-file.ts";

export interface WalkedEntry {
  readonly path: string;
  /** Undefined for a file that this store did not write, or that cannot be read. */
  readonly key: string | undefined;
  /** Why it cannot be read: another user's, say, as a run with sudo leaves it. */
  readonly failure?: unknown;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Milliseconds since the epoch. */
  readonly usedAt: number;
}

/** Every entry file. Others get their turn after each shard. */
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

/** Gone meanwhile, or a file of somebody else's where a folder would be. */
function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}

/** Undefined when another process has removed it meanwhile, and for a folder. */
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
