import { mkdirSync, realpathSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { cacheDirectory } from "./directory.ts";
import { isOwnPlace } from "./own-place.ts";

/**
 * Returns the real path of the folder for compiled code that Node.js will run. Nobody but this user
 * and root can write to the folder or replace it, even if others can write to one of the folders
 * above it.
 *
 * @throws if no compiled code may be kept (`NODE_DISABLE_COMPILE_CACHE`), the folder would be
 * relative, others can write to it or move it, or it does not exist
 */
export function ownCompiledFolder(): string {
  const folder = realpathSync.native(compiledFolder());
  if (isOwnPlace(folder)) return folder;
  throw new Error("Others can write to the folder.");
}

/** Like `ownCompiledFolder`, but creates the folder if there is none. */
export function madeCompiledFolder(): string {
  mkdirSync(compiledFolder(), { recursive: true, mode: 0o700 });
  return ownCompiledFolder();
}

function compiledFolder(): string {
  if (process.env.NODE_DISABLE_COMPILE_CACHE) throw new Error("Nothing is to be kept.");
  const { ACC_CACHE_DIR = "" } = process.env;
  const folder = cacheDirectory();
  // A relative folder would depend on the working directory, which may be an untrusted repository.
  if ([ACC_CACHE_DIR || folder, folder].every(isAbsolute)) return join(folder, "compiled");
  throw new Error("The folder is relative.");
}
