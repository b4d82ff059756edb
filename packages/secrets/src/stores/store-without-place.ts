import type { SecretsError } from "../errors.ts";
import type { SecretStore } from "./secret-store.ts";

/**
 * Creates the store for a machine without a folder for a file: it keeps nothing, and secrets come
 * from the environment only.
 */
export function storeWithoutPlace(reason: SecretsError): SecretStore {
  return {
    kind: "file",
    get: () => undefined,
    list: async () => [],
    set: async () => {
      throw reason;
    },
  };
}
