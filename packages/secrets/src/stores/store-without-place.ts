import type { SecretsError } from "../errors.ts";
import type { SecretStore } from "./secret-store.ts";

/** If there is no folder for a file, nothing is kept: only the environment has secrets then. */
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
