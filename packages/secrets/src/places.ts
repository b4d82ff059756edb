import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type { Environment } from "./environment.ts";
import type { SecretsOptions } from "./options.ts";

/** Where a store and its key file are. */
export interface Places {
  readonly store: string;
  readonly key: string;
}

/** Names are not the original's, so that both can share a folder. */
export function placesOf(options: SecretsOptions): Places {
  const env = options.env ?? process.env;
  const store = resolve(
    options.path ?? join(options.directory ?? defaultFolder(env), "acc-secrets.json"),
  );
  const key = env.ACC_SECRETS_KEY_FILE || join(dirname(store), "acc-secrets.key");
  return { store, key: resolve(key) };
}

/**
 * The file of the store: `path`, else `acc-secrets.json` in `directory`, in `ACC_SECRETS_DIR`, or in
 * `acc` in the user's configuration folder. Nothing is opened.
 */
export function secretsPath(options: Pick<SecretsOptions, "path" | "directory"> = {}): string {
  return placesOf(options).store;
}

/** The file of the audit log that belongs to a store's file. */
export function auditPath(store: string = secretsPath()): string {
  return `${store.replace(/\.json$/, "")}.audit.jsonl`;
}

function defaultFolder(env: Environment): string {
  if (env.ACC_SECRETS_DIR) return env.ACC_SECRETS_DIR;
  const home = env.HOME || homedir();
  if (process.platform === "win32") {
    return join(env.APPDATA || join(home, "AppData", "Roaming"), "acc");
  }
  const config = env.XDG_CONFIG_HOME;
  return join(config && isAbsolute(config) ? config : join(home, ".config"), "acc");
}
