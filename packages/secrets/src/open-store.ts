import type { SecretsOptions } from "./options.ts";
import { placesOf } from "./places.ts";
import type { SecretStore } from "./stores/secret-store.ts";

/** The store that the options ask for. What it is made of is loaded now, not on import. */
export async function openStore(options: SecretsOptions): Promise<SecretStore> {
  if (options.store) return options.store;
  if (options.format === "original") {
    const { openOriginalStore } = await import("./stores/original-store.ts");
    return openOriginalStore(options);
  }
  const { openFileStore } = await import("./stores/file-store.ts");
  return openFileStore(options, placesOf(options));
}
