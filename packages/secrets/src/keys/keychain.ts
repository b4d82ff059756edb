import { crypto } from "../crypto.ts";
import { SecretsError } from "../errors.ts";
import type { KeyProvider } from "./key-provider.ts";
import { formatKeys, parseKeys } from "./key-text.ts";
import { KeyringEntry } from "./keyring-entry.ts";

/**
 * Creates a provider that keeps the wrapping key, and nothing else, in the OS keychain: one entry
 * per store, under the store's id. Needs `@napi-rs/keyring`, an optional peer.
 */
export function keychain(options: { readonly service?: string } = {}): KeyProvider {
  const service = options.service ?? "acc-secrets";
  const held = async (storeId: string): Promise<readonly Uint8Array[]> => {
    const text = await (await KeyringEntry.open(service, storeId)).read();
    return text ? parseKeys(text, "The entry in the OS keychain") : [];
  };
  const add = async (storeId: string, old: readonly Uint8Array[]): Promise<Uint8Array> => {
    const key = crypto().randomBytes(32);
    await (await KeyringEntry.open(service, storeId)).write(formatKeys([key, ...old.slice(0, 1)]));
    const kept = (await held(storeId))[0];
    if (kept && key.equals(kept)) return key;
    throw new SecretsError("KEYCHAIN_UNAVAILABLE", "The OS keychain did not keep the key.");
  };
  return {
    kind: "keychain",
    asks: true,
    load: (_entry, storeId) => held(storeId),
    async prepare(storeId) {
      const key = (await held(storeId))[0];
      return { key: key ?? (await add(storeId, [])) };
    },
    rotate: async (storeId) => ({ key: await add(storeId, await held(storeId)) }),
  };
}
