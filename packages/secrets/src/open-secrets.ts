import { SecretsManager } from "./manager.ts";
import { openStore } from "./open-store.ts";
import { checkOptions, type SecretsOptions } from "./options.ts";

/**
 * Opens the secrets, and authenticates the store if there is one: a wrong key fails here. Creates
 * nothing; the first `set` does.
 *
 * @throws SecretsError `INVALID_OPTION`, `MISSING_KEY`, `WRONG_KEY`, `WRONG_PASSPHRASE`,
 * `STORE_DAMAGED` and the other reasons why a store cannot be opened
 */
export async function openSecrets(options: SecretsOptions = {}): Promise<SecretsManager> {
  checkOptions(options);
  const store = openStore(options);
  await store.refresh?.();
  return new SecretsManager({ store, options, closed: false });
}
