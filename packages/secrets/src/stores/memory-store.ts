import { Vault } from "../vault.ts";
import { MemoryContainer } from "./memory-container.ts";
import type { SecretStore } from "./secret-store.ts";
import { VaultStore } from "./vault-store.ts";

/**
 * Creates a store in this process only, with versions and roles; for tests and short-lived
 * processes.
 */
export function createMemoryStore(options: { readonly now?: () => number } = {}): SecretStore {
  return new VaultStore(new Vault(new MemoryContainer()), options.now ?? Date.now);
}
