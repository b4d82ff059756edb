import type { KeyView, PageKeys } from "../page/page-options.ts";
import type { KeyUsage } from "./key-usage.ts";
import type { KeyStore } from "./keys/key-store.ts";
import { addKey, hasKey, type KeyInfo, listKeys, revokeKey } from "./keys/keys.ts";

/** Lists and changes keys for the page, each with what it has used of its limits. */
export function pageKeys(
  keys: KeyStore,
  access: { uses(): Promise<readonly KeyUsage[]> },
): PageKeys {
  return {
    async list(onDamaged = () => {}) {
      const [all, uses] = await Promise.all([listKeys(keys, onDamaged), access.uses()]);
      const useOf = new Map(uses.map((use) => [use.name, use]));
      return all.map((key) => view(key, useOf.get(key.name)));
    },
    async add({ expires, ...ask }) {
      return await addKey(keys, { ...ask, ...(expires !== undefined && { expiresAt: expires }) });
    },
    has: (name) => hasKey(keys, name),
    revoke: (name) => revokeKey(keys, name),
  };
}

function view({ createdAt, expiresAt, ...key }: KeyInfo, use: KeyUsage | undefined): KeyView {
  return {
    ...key,
    created: createdAt,
    ...(expiresAt !== undefined && { expires: expiresAt }),
    used: {
      ...(use?.rpm && { calls: use.rpm.used }),
      ...(use?.tpm && { tokens: use.tpm.used }),
      ...(use?.budget && { usd: use.budget.spentUsd }),
    },
  };
}
