import { SecretsError } from "./errors.ts";
import { openStore } from "./open-store.ts";
import { checkOptions, type SecretsOptions } from "./options.ts";
import type { SecretStore } from "./stores/secret-store.ts";

/**
 * The way out of a store that does not open: puts the last good file in its place. The damaged one
 * is renamed.
 *
 * @throws SecretsError `NOTHING_TO_RECOVER` when the store is good or there is no backup
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
 * The other way out: renames the store, its backup and its audit, so that the next `set` starts
 * again. Deletes nothing, and gives the new names. The key stays where it is.
 */
export async function resetSecrets(options: SecretsOptions = {}): Promise<readonly string[]> {
  const store = damagedStore(options);
  if (!store.reset) throw unsupported(store, "reset");
  const moved = await store.reset();
  await store.close?.();
  return moved;
}

/** Not read yet, so that damage does not matter. */
function damagedStore(options: SecretsOptions): SecretStore {
  checkOptions(options);
  return openStore(options);
}

function unsupported(store: SecretStore, feature: string): SecretsError {
  return new SecretsError("UNSUPPORTED_BY_FORMAT", `The ${store.kind} store has no ${feature}.`);
}
