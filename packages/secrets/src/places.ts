import { dirname, isAbsolute, join, resolve } from "node:path";
import type { Environment } from "./environment.ts";
import { SecretsError } from "./errors.ts";
import { homeFolder } from "./home-folder.ts";
import type { SecretsOptions } from "./options.ts";

/** The paths of a store and of its key file. */
export interface Places {
  readonly store: string;
  readonly key: string;
}

/**
 * Returns the paths. The file names differ from those of the Python original, so that both can
 * share a folder.
 */
export function placesOf(options: SecretsOptions): Places {
  const env = options.env ?? process.env;
  const store = resolve(
    options.path ?? join(options.directory ?? defaultFolder(env), "acc-secrets.json"),
  );
  const key = absolute(env, "ACC_SECRETS_KEY_FILE") ?? join(dirname(store), "acc-secrets.key");
  return { store, key };
}

/**
 * Returns the path of the store's file: `path`, else `acc-secrets.json` in `directory`, in
 * `ACC_SECRETS_DIR`, or in `acc` in the user's configuration folder. Nothing is opened.
 *
 * @throws SecretsError `NO_HOME`, `INVALID_OPTION` if a variable has a relative path
 */
export function secretsPath(options: Pick<SecretsOptions, "path" | "directory"> = {}): string {
  return placesOf(options).store;
}

/** Returns the path of the audit log of a store's file. */
export function auditPath(store: string = secretsPath()): string {
  return `${store.replace(/\.json$/, "")}.audit.jsonl`;
}

function defaultFolder(env: Environment): string {
  const chosen = absolute(env, "ACC_SECRETS_DIR");
  if (chosen) return chosen;
  const isWindows = process.platform === "win32";
  const config = isWindows ? env.APPDATA : env.XDG_CONFIG_HOME;
  if (config && isAbsolute(config)) return join(config, "acc");
  const parts = isWindows ? ["AppData", "Roaming"] : [".config"];
  return join(homeFolder(env), ...parts, "acc");
}

/**
 * Returns the path in a variable. A relative path is refused: its meaning would depend on the
 * working directory.
 */
function absolute(
  env: Environment,
  variable: "ACC_SECRETS_DIR" | "ACC_SECRETS_KEY_FILE",
): string | undefined {
  const path = env[variable];
  if (!path) return undefined;
  if (isAbsolute(path)) return path;
  throw new SecretsError(
    "INVALID_OPTION",
    `${variable} is ${JSON.stringify(path)}, which is not an absolute path. Write the full path.`,
  );
}
