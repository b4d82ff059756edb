import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The folder of the disk stores: `ACC_CACHE_DIR`, else `acc` where this platform keeps what can be made again. */
export function cacheDirectory(): string {
  const { env } = process;
  if (env.ACC_CACHE_DIR) return resolve(env.ACC_CACHE_DIR);
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "acc");
  if (process.platform === "win32") {
    return join(env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "acc", "Cache");
  }
  const base = env.XDG_CACHE_HOME;
  return join(base?.startsWith("/") ? base : join(homedir(), ".cache"), "acc");
}
