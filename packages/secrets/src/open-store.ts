import type { SecretsOptions } from "./options.ts";
import { placesOf } from "./places.ts";
import { openFileStore } from "./stores/file-store.ts";
import { openOriginalStore } from "./stores/original-store.ts";
import type { SecretStore } from "./stores/secret-store.ts";

/** The store that the options ask for; nothing is read yet. */
export function openStore(options: SecretsOptions): SecretStore {
  if (options.store) return options.store;
  if (options.format === "original") return openOriginalStore(options);
  return openFileStore(options, placesOf(options));
}
