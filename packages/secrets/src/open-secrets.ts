import { SecretsError } from "./errors.ts";
import { SecretsManager } from "./manager.ts";
import { openStore } from "./open-store.ts";
import { checkOptions, type SecretsOptions } from "./options.ts";
import type { SecretStore } from "./stores/secret-store.ts";

/**
 * Opens the secrets, and authenticates the store if there is one: a wrong key fails here. Creates
 * nothing; the first `set` does.
 *
 * @throws SecretsError `INVALID_OPTION`, `MISSING_KEY`, `WRONG_KEY`, `WRONG_PASSPHRASE`,
 * `STORE_DAMAGED` and the other reasons why a store cannot be opened; `UNSUPPORTED_BY_FORMAT` where
 * an audit is asked for of a store that keeps none
 */
export async function openSecrets(options: SecretsOptions = {}): Promise<SecretsManager> {
  checkOptions(options);
  const store = openStore(options);
  checkAudit(store, options);
  await store.refresh?.();
  return new SecretsManager({ store, options, closed: false });
}

/** What is opened here by file keeps an audit; what is given, or of the original's format, may not. */
function checkAudit(store: SecretStore, { audit, store: given, format }: SecretsOptions): void {
  const isAsked = audit?.mode === "required" || audit?.reads === true;
  if (!isAsked || (given ?? format) === undefined || store.vault?.audit !== undefined) return;
  throw new SecretsError(
    "UNSUPPORTED_BY_FORMAT",
    `The ${store.kind} store has no audit, so none can be required and no read written down. ` +
      "Leave `audit` out, and turn on the audit that the place itself keeps.",
  );
}
