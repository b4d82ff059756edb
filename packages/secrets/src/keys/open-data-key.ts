import { SecretsError } from "../errors.ts";
import type { KeyProvider, WrappedKey } from "./key-provider.ts";
import { fingerprint, unwrapKey } from "./wrap.ts";

/**
 * Returns the data key of a store, from the first provider that opens one of its wraps.
 *
 * @throws SecretsError `MISSING_KEY` if no provider holds a key, `WRONG_KEY` or
 * `WRONG_PASSPHRASE` if none fits, `STORE_DAMAGED` if the right key does not open its wrap
 */
export async function openDataKey(
  providers: readonly KeyProvider[],
  entries: readonly WrappedKey[],
  storeId: string,
): Promise<Uint8Array> {
  const tried = new Set<string>();
  let failure: unknown;
  for (const provider of providers) {
    for (const entry of entries) {
      if (provider.own && entry.provider !== provider.kind) continue;
      try {
        const dataKey = await unwrapBy(provider, entry, storeId, tried);
        if (dataKey) return dataKey;
      } catch (error) {
        failure ??= error;
      }
    }
  }
  if (failure !== undefined) throw failure;
  throw tried.size === 0 ? missing(providers, entries) : wrong(tried, entries);
}

async function unwrapBy(
  provider: KeyProvider,
  entry: WrappedKey,
  storeId: string,
  tried: Set<string>,
): Promise<Uint8Array | undefined> {
  for (const key of await provider.load(entry, storeId)) {
    const dataKey = unwrapKey(entry, key);
    if (dataKey) return dataKey;
    if (fingerprint(key) === entry.id) throw damagedWrap(entry);
    tried.add(provider.kind);
  }
  return undefined;
}

function missing(providers: readonly KeyProvider[], entries: readonly WrappedKey[]): SecretsError {
  return new SecretsError(
    "MISSING_KEY",
    `The store's key is missing: it opens with ${told(entries)}, and no key was found by ` +
      `${providers.map((provider) => provider.kind).join(", ") || "any provider"}. ` +
      "Put the key file back, set ACC_SECRETS_KEY, or pass `keys`. Nothing was changed.",
    { opensWith: kinds(entries) },
  );
}

function wrong(tried: ReadonlySet<string>, entries: readonly WrappedKey[]): SecretsError {
  const onlyPassphrase = [...tried].every((kind) => kind === "passphrase");
  return new SecretsError(
    onlyPassphrase ? "WRONG_PASSPHRASE" : "WRONG_KEY",
    `${onlyPassphrase ? "The passphrase" : `The key (${[...tried].join(", ")})`} does not open ` +
      `this store, which opens with ${told(entries)}. Nothing was changed.`,
    { opensWith: kinds(entries) },
  );
}

function damagedWrap(entry: WrappedKey): SecretsError {
  return new SecretsError(
    "STORE_DAMAGED",
    `The key is right, but its wrap in the store's header (${entry.provider}) is damaged. ` +
      'Restore the store with recover({ from: "backup" }).',
  );
}

function kinds(entries: readonly WrappedKey[]): readonly string[] {
  return [...new Set(entries.map((entry) => entry.provider))];
}

function told(entries: readonly WrappedKey[]): string {
  return kinds(entries).join(", ") || "no key at all";
}
