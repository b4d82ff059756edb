import { randomUUID } from "node:crypto";
import { AccessError } from "../access-error.ts";
import { checkKeyOptions, type KeyOptions } from "./key-options.ts";
import type { KeyRecord, KeyStore, OnDamaged } from "./key-store.ts";
import { handleOf, hashOf, newToken } from "./token.ts";

/** A key without its secrets. */
export type KeyInfo = Omit<KeyRecord, "hash" | "handle">;

/** A new key: its token is shown now and never again. */
export interface AddedKey {
  readonly token: string;
  readonly key: KeyInfo;
}

/**
 * Makes a key.
 *
 * @throws AccessError `INVALID_OPTION`, `KEY_EXISTS`, `UNAVAILABLE`, `UNSAFE_PERMISSIONS`
 */
export async function addKey(store: KeyStore, options: KeyOptions): Promise<AddedKey> {
  const createdAt = Date.now();
  checkKeyOptions(options, createdAt);
  const { name, tenant, models, rpm, tpm, budget, expiresAt } = options;
  const handle = handleOf(name);
  const token = newToken(handle);
  const id = randomUUID();
  const record: KeyRecord = {
    id,
    name,
    handle,
    hash: hashOf(token),
    // A named tenant cannot contain a colon.
    tenant: tenant ?? `key:${id}`,
    ...(models && { models }),
    ...(rpm !== undefined && { rpm }),
    ...(tpm !== undefined && { tpm }),
    ...(budget && { budget: { usd: budget.usd, per: budget.per } }),
    createdAt,
    ...(expiresAt !== undefined && { expiresAt }),
  };
  if (await store.add(record)) return { token, key: shown(record) };
  const message = `There is a key "${name}". Revoke it first, or take another name.`;
  throw new AccessError("KEY_EXISTS", message);
}

/**
 * Lists all keys by name, without their secrets. A key whose record cannot be read is passed to
 * `onDamaged`, if given, and left out.
 *
 * @throws AccessError `DAMAGED`, `UNAVAILABLE`
 */
export async function listKeys(
  store: KeyStore,
  onDamaged?: OnDamaged,
): Promise<readonly KeyInfo[]> {
  const keys = (await store.list(onDamaged)).map(shown);
  return keys.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * Whether there is such a key; also true if that cannot be determined, so that the key can be
 * removed.
 */
export function hasKey(store: KeyStore, name: string): Promise<boolean> {
  return store.find(handleOf(name)).then(Boolean, () => true);
}

/** Removes a key from every server of the store at once; returns false if there was none. */
export function revokeKey(store: KeyStore, name: string): Promise<boolean> {
  return store.remove(handleOf(name));
}

function shown({ hash: _hash, handle: _handle, ...info }: KeyRecord): KeyInfo {
  return info;
}
