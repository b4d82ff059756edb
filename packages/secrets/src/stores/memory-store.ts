import { Vault } from "../vault.ts";
import { MemoryContainer } from "./memory-container.ts";
import type { SecretStore } from "./secret-store.ts";
import { VaultStore } from "./vault-store.ts";

/** Secrets in this process alone, with versions and roles; for tests and for short lives. */
export function createMemoryStore(options: { readonly now?: () => number } = {}): SecretStore {
  return new VaultStore(new Vault(new MemoryContainer()), options.now ?? Date.now);
}
