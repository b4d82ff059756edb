import { mkdirSync, statSync } from "node:fs";
import { CacheError } from "../error.ts";

/**
 * Creates a folder with mode 0700 if there is none. Throws if others may write to it, because they
 * could plant responses.
 *
 * @throws CacheError `WRONG_OWNER`, `UNSAFE_PERMISSIONS`, or the file system's error
 */
export function ownFolder(path: string): void {
  let found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    found = statSync(path);
  }
  if (process.platform === "win32") return;
  const { mode, uid } = found;
  if (uid !== process.geteuid?.() && uid !== 0) {
    const message =
      `The cache's folder ${path} belongs to another user (${uid}), who could plant answers. ` +
      "Name one of your own in ACC_CACHE_DIR or directory.";
    throw new CacheError("WRONG_OWNER", message);
  }
  if ((mode & 0o022) === 0) return;
  const message = `Others may write to the cache's folder ${path}. Run: chmod 700 ${quoted(path)}`;
  throw new CacheError("UNSAFE_PERMISSIONS", message);
}

/** Quotes a path for a shell. */
function quoted(path: string): string {
  return /^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
