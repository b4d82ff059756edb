import { SecretsError } from "./errors.ts";
import type { SecretsOptions } from "./options.ts";
import { placesOf } from "./places.ts";
import { openFileStore } from "./stores/file-store.ts";
import { openOriginalStore } from "./stores/original-store.ts";
import type { SecretStore } from "./stores/secret-store.ts";
import { storeWithoutPlace } from "./stores/store-without-place.ts";

/** Returns the store that the options ask for, without reading it. */
export function openStore(options: SecretsOptions): SecretStore {
  if (options.store) return options.store;
  if (options.format === "original") return openOriginalStore(options);
  try {
    return openFileStore(options, placesOf(options));
  } catch (error) {
    if (SecretsError.is(error) && error.code === "NO_HOME") return storeWithoutPlace(error);
    throw error;
  }
}
