import { SecretsError } from "./errors.ts";
import { openStore } from "./open-store.ts";
import { checkOptions, type SecretsOptions } from "./options.ts";
import type { SecretStore } from "./stores/secret-store.ts";

/**
 * Restores the last good file of a store that cannot be opened. The damaged file is renamed.
 *
 * @throws SecretsError `NOTHING_TO_RECOVER` if the store is good or there is no backup
 */
export async function recoverSecrets(
  from: { readonly from: "backup" },
  options: SecretsOptions = {},
): Promise<void> {
  if (from.from !== "backup") {
    throw new SecretsError("INVALID_OPTION", 'recoverSecrets takes { from: "backup" }.');
  }
  const store = damagedStore(options);
  if (!store.recover) throw unsupported(store, "recover");
  await store.recover();
  await store.close?.();
}

/**
 * Renames a store that cannot be opened, its backup and its audit, so that the next `set` starts an
 * empty store. Nothing is deleted, and the key stays where it is. Returns the new file names.
 */
export async function resetSecrets(options: SecretsOptions = {}): Promise<readonly string[]> {
  const store = damagedStore(options);
  if (!store.reset) throw unsupported(store, "reset");
  const moved = await store.reset();
  await store.close?.();
  return moved;
}

/** Returns the store without reading it, so that damage causes no error. */
function damagedStore(options: SecretsOptions): SecretStore {
  checkOptions(options);
  return openStore(options);
}

function unsupported(store: SecretStore, feature: string): SecretsError {
  return new SecretsError("UNSUPPORTED_BY_FORMAT", `The ${store.kind} store has no ${feature}.`);
}
