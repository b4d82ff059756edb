import { homedir, tmpdir, userInfo } from "node:os";
import { isAbsolute, join } from "node:path";
import { CacheError } from "../error.ts";

/**
 * Returns the folder of the disk stores: `ACC_CACHE_DIR`, else `acc` in the platform's cache
 * folder. For a user without a home it is in the folder for temporary files.
 *
 * @throws CacheError `INVALID_OPTION` for a relative `ACC_CACHE_DIR`
 */
export function cacheDirectory(): string {
  const { env } = process;
  if (env.ACC_CACHE_DIR) return checked(env.ACC_CACHE_DIR);
  if (process.platform === "win32" && env.LOCALAPPDATA) {
    return join(env.LOCALAPPDATA, "acc", "Cache");
  }
  const base = env.XDG_CACHE_HOME;
  const ofPlatform = process.platform !== "darwin" && process.platform !== "win32";
  if (ofPlatform && base && isAbsolute(base)) return join(base, "acc");
  const home = homeOf();
  if (home === undefined) return join(tmpdir(), `acc-cache-${process.geteuid?.() ?? "user"}`);
  if (process.platform === "darwin") return join(home, "Library", "Caches", "acc");
  if (process.platform === "win32") return join(home, "AppData", "Local", "acc", "Cache");
  return join(home, ".cache", "acc");
}

/**
 * Refuses a relative path: it would depend on the working directory, which may be a hostile
 * repository.
 */
function checked(directory: string): string {
  if (isAbsolute(directory)) return directory;
  const message =
    `ACC_CACHE_DIR is ${JSON.stringify(directory)}; it must be an absolute path, for a relative one is ` +
    "another folder wherever you are, and what lies there would be taken for your answers.";
  throw new CacheError("INVALID_OPTION", message);
}

/**
 * Returns the home folder from HOME, else from the system's user database; undefined if neither has
 * one.
 */
function homeOf(): string | undefined {
  for (const look of [homedir, () => userInfo().homedir]) {
    try {
      const home = look();
      if (isAbsolute(home)) return home;
    } catch {
      // There is no such user.
    }
  }
  return undefined;
}
