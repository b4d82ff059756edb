import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { decodeEntryFile, HEAD_BYTES } from "./entry-file.ts";

export interface WalkedEntry {
  readonly path: string;
  /** Undefined for a file that this store did not write. */
  readonly key: string | undefined;
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
  } catch {
    return [];
  }
}

/** Undefined when another process has removed it meanwhile. */
function look(path: string): WalkedEntry | undefined {
  try {
    const stat = statSync(path);
    const head = decodeEntryFile(readHead(path));
    const { size: bytes, mtimeMs: usedAt } = stat;
    return { path, key: head?.key, bytes, expiresAt: head?.expiresAt ?? 0, usedAt };
  } catch {
    return undefined;
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
