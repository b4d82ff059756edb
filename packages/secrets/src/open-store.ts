import type { SecretsOptions } from "./options.ts";
import { placesOf } from "./places.ts";
import type { SecretStore } from "./stores/secret-store.ts";

/** The store that the options ask for. What it is made of is loaded now, not on import. */
export async function openStore(options: SecretsOptions): Promise<SecretStore> {
  if (options.store) return options.store;
  const { createFileStore } = await import("./stores/file-store.ts");
  return createFileStore(options, placesOf(options));
}
