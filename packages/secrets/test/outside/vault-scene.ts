import { createVaultStore, type VaultStoreOptions } from "../../src/outside/vault.ts";
import type { VaultServer } from "./vault-server.ts";

export const token = "hvs.token-of-a-test-1";

/** The store of a server that is played, with a token that it knows. */
export function open(server: VaultServer, more: Partial<VaultStoreOptions> = {}) {
  server.addToken(token);
  return createVaultStore({
    address: server.address,
    auth: { method: "token", token },
    onWarning: () => undefined,
    ...more,
  });
}
