import { mkdirSync, realpathSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { cacheDirectory } from "./directory.ts";
import { isOwnPlace } from "./own-place.ts";

/**
 * Where compiled code is kept that Node.js is to run: the real path of a folder that nobody else but
 * root can write to, nor put another in the place of, whichever of the folders it lies in they can
 * write to.
 *
 * @throws where none is to be kept (`NODE_DISABLE_COMPILE_CACHE`), the folder would be relative,
 * others can write to it or move it, or it is not there
 */
export function ownCompiledFolder(): string {
  const folder = realpathSync.native(compiledFolder());
  if (isOwnPlace(folder)) return folder;
  throw new Error("Others can write to the folder.");
}

/** The same; makes it where there is none. */
export function madeCompiledFolder(): string {
  mkdirSync(compiledFolder(), { recursive: true, mode: 0o700 });
  return ownCompiledFolder();
}

function compiledFolder(): string {
  if (process.env.NODE_DISABLE_COMPILE_CACHE) throw new Error("Nothing is to be kept.");
  const { ACC_CACHE_DIR = "" } = process.env;
  const folder = cacheDirectory();
  // What is relative lies in whatever folder the host works in: a repository's own, too.
  if ([ACC_CACHE_DIR || folder, folder].every(isAbsolute)) return join(folder, "compiled");
  throw new Error("The folder is relative.");
}
