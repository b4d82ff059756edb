import { SecretsError } from "./errors.ts";
import { SecretsManager } from "./manager.ts";
import { openStore } from "./open-store.ts";
import { checkOptions, type SecretsOptions } from "./options.ts";
import type { SecretStore } from "./stores/secret-store.ts";

/**
 * Opens the secrets, and authenticates the store if it exists, so that a wrong key fails here.
 * Creates nothing: the first `set` creates the store.
 *
 * @throws SecretsError `INVALID_OPTION`, `MISSING_KEY`, `WRONG_KEY`, `WRONG_PASSPHRASE`,
 * `STORE_DAMAGED` and the other reasons why a store cannot be opened; `UNSUPPORTED_BY_FORMAT` if
 * the options ask for an audit and the store has none
 */
export async function openSecrets(options: SecretsOptions = {}): Promise<SecretsManager> {
  checkOptions(options);
  const store = openStore(options);
  checkAudit(store, options);
  await store.refresh?.();
  return new SecretsManager({ store, options, closed: false });
}

/**
 * Refuses audit options for a store without an audit. The default file store always has one; a
 * given store, or one in the original's format, may not.
 */
function checkAudit(store: SecretStore, { audit, store: given, format }: SecretsOptions): void {
  const isAsked = audit?.mode === "required" || audit?.reads === true;
  if (!isAsked || (given ?? format) === undefined || store.vault?.audit !== undefined) return;
  throw new SecretsError(
    "UNSUPPORTED_BY_FORMAT",
    `The ${store.kind} store has no audit, so none can be required and no read written down. ` +
      "Leave `audit` out, and turn on the audit that the place itself keeps.",
  );
}
