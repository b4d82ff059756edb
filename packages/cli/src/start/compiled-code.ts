import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Script } from "node:vm";
import { cacheDirectory } from "@acc/cache/directory";

const hashLength = 32;

/** The compiled code of this source that an earlier start has kept, if it is as it was kept. */
export function keptCompiled(source: Buffer): Buffer | undefined {
  const folder = compiledFolder();
  if (folder === undefined) return undefined;
  try {
    const kept = readFileSync(join(folder, fileName));
    const compiled = kept.subarray(hashLength);
    return hashOf(source, compiled).equals(kept.subarray(0, hashLength)) ? compiled : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps it for the next start. A start without it is slower and no less right. */
export function keepCompiled(source: Buffer, script: Script): void {
  const folder = compiledFolder();
  if (folder === undefined) return;
  const unfinished = join(folder, `${fileName}.${process.pid}`);
  try {
    const compiled = script.createCachedData();
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(unfinished, Buffer.concat([hashOf(source, compiled), compiled]), { mode: 0o600 });
    renameSync(unfinished, join(folder, fileName));
  } catch {
    remove(unfinished);
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What has no folder was not written either.
  }
}

/** V8 takes the compiled code of its own version alone. */
const fileName = `acc-${process.version}-${process.arch}.v8`;

/** Beside the answers, once their folder is there, and only where this user alone can write to it. */
function compiledFolder(): string | undefined {
  if (process.env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  const cache = cacheDirectory();
  return isOwn(cache) ? join(cache, "compiled") : undefined;
}

function isOwn(folder: string): boolean {
  const user = process.getuid?.();
  try {
    const { uid, mode } = statSync(folder);
    return user === undefined || (uid === user && !(mode & 0o022));
  } catch {
    return false;
  }
}

/** V8 compares the length of the source alone, and not what is kept at all. */
function hashOf(source: Buffer, compiled: Buffer): Buffer {
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(source).update(compiled).digest();
}
