import { mkdirSync, statSync } from "node:fs";
import module from "node:module";
import { join } from "node:path";
import { cacheDirectory } from "@acc/cache/directory";

/**
 * Keeps compiled code beside the answers, where Node.js can (from 22.1 on), so that the next start
 * need not compile it. Code is taken from a folder that this user alone can write to.
 */
export function keepCompiledCode(): void {
  const { enableCompileCache } = module as { enableCompileCache?: (folder: string) => unknown };
  const folder = cacheDirectory();
  if (enableCompileCache === undefined || !isOwn(folder)) return;
  const compiled = join(folder, "compiled");
  try {
    mkdirSync(compiled, { recursive: true, mode: 0o700 });
    enableCompileCache(compiled);
  } catch {
    // A start without it is slower and no less right.
  }
}

function isOwn(folder: string): boolean {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return false;
  return process.getuid === undefined || (found.uid === process.getuid() && !(found.mode & 0o022));
}
