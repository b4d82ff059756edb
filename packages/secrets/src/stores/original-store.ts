import { dirname, join, resolve } from "node:path";
import { homeFolder } from "../home-folder.ts";
import type { SecretsOptions } from "../options.ts";
import { Vault } from "../vault.ts";
import { emitWarning } from "../warning.ts";
import { OriginalContainer } from "./original-container.ts";
import { putAside } from "./put-aside.ts";
import type { SecretStore } from "./secret-store.ts";
import type { StoredValue } from "./stored-value.ts";
import { VaultStore } from "./vault-store.ts";

/**
 * Where the original keeps its store, how long a write waits, and, with `encryption: "none"`, that
 * the store is in plain text (the original's `use_encryption=False`).
 */
export type OriginalStoreOptions = Pick<
  SecretsOptions,
  "path" | "directory" | "encryption" | "env" | "lockTimeout" | "now" | "onWarning"
>;

interface OriginalStore extends SecretStore {
  /** The names whose values are not strings, which the store does not list. */
  leftOut(): readonly string[];
}

/**
 * Opens the Python original's `secrets.enc` and `secrets.key`, by default in `~/.ipfs_accelerate`.
 * This store has no versions, roles or audit, and the original takes no lock: do not write with
 * both at once.
 */
export function openOriginalStore(options: OriginalStoreOptions): OriginalStore {
  const env = options.env ?? process.env;
  const folder =
    options.directory ?? (options.path ? "" : join(homeFolder(env), ".ipfs_accelerate"));
  const path = resolve(options.path ?? join(folder, "secrets.enc"));
  const container = new OriginalContainer({
    path,
    keyPath: join(dirname(path), "secrets.key"),
    key: env.IPFS_ACCELERATE_SECRETS_KEY || undefined,
    plaintext: options.encryption === "none",
    lockTimeout: options.lockTimeout ?? 10_000,
    onWarning: options.onWarning ?? emitWarning,
  });
  const store = new VaultStore(new Vault(container), options.now ?? Date.now);
  return {
    kind: "original",
    leftOut: () => container.leftOut,
    get: async (name) => uncounted(await store.get(name)),
    list: () => store.list(),
    set: async (name, value) => {
      await store.set(name, value, {});
      return { value };
    },
    delete: (name) => store.delete(name),
    deleteAll: (names) => store.deleteAll(names),
    refresh: () => store.refresh(),
    reset: async () => {
      const moved = await container.exclusively(() => putAside([path, `${path}.bak`], "reset"));
      await store.refresh();
      return moved;
    },
    close: () => store.close(),
  };
}

const values = new WeakMap<StoredValue, StoredValue>();

/**
 * Returns the value without a version, which this format does not keep; the same object for the
 * same value.
 */
function uncounted(stored: StoredValue | undefined): StoredValue | undefined {
  if (!stored) return undefined;
  const known = values.get(stored) ?? { value: stored.value };
  values.set(stored, known);
  return known;
}
