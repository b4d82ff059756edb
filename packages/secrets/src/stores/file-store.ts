import { environmentKey, keyVariable } from "../keys/environment-key.ts";
import { keyFile } from "../keys/key-file.ts";
import type { KeyProvider } from "../keys/key-provider.ts";
import type { SecretsOptions } from "../options.ts";
import type { Places } from "../places.ts";
import { Vault } from "../vault.ts";
import { EnvelopeContainer } from "./envelope-container.ts";
import { VaultStore } from "./vault-store.ts";

/** A store in an encrypted file; or in a plain one, where the options ask for that. */
export function createFileStore(options: SecretsOptions, places: Places): VaultStore {
  const keys = options.keys ?? usualKeys(options, places);
  const container = new EnvelopeContainer({
    path: places.store,
    plaintext: options.encryption === "none",
    openers: () => keys,
    creators: keys,
  });
  return new VaultStore(new Vault(container), options.now ?? Date.now);
}

function usualKeys(options: SecretsOptions, places: Places): readonly KeyProvider[] {
  const env = options.env ?? process.env;
  return env[keyVariable] ? [environmentKey({ env })] : [keyFile(places.key)];
}
