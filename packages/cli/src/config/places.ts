import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { configFolder } from "./config-folder.ts";

/** The file of the secrets' store, as @acc/secrets finds it. */
export function secretsPath(): string {
  return resolve(process.env.ACC_SECRETS_DIR || configFolder(), "acc-secrets.json");
}

/** The folder of the cache, as @acc/cache finds it. */
export function cacheFolder(): string {
  const { ACC_CACHE_DIR, LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (ACC_CACHE_DIR) return resolve(ACC_CACHE_DIR);
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "acc");
  if (process.platform === "win32") {
    return join(LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "acc", "Cache");
  }
  return join(XDG_CACHE_HOME?.startsWith("/") ? XDG_CACHE_HOME : join(homedir(), ".cache"), "acc");
}
