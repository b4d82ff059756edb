import type { CodecSource } from "../codec/codec-source.ts";
import { CacheError } from "../error.ts";
import type { CacheStore } from "../store/store.ts";
import type { Scope } from "./scope.ts";
import { scopeTarget, targetMatcher } from "./target.ts";

/** A store, and the codec of its records. */
export interface Clearable {
  readonly name: string;
  readonly store: CacheStore;
  readonly codec: CodecSource;
}

type Matches = (storedKey: string) => boolean;

/** Deletes the entries in a scope, or all entries. */
export function clearTier(tier: Clearable, scope: Scope): Promise<number> {
  const isAll = scope.namespace === undefined && scope.tenant === undefined;
  return clearMatching(tier, isAll ? undefined : targetMatcher(scopeTarget(scope)));
}

/** Deletes the entries with matching keys, or all, in the fastest way that the store supports. */
export async function clearMatching(tier: Clearable, wanted: Matches | undefined): Promise<number> {
  const { store } = tier;
  const matches = wanted && (await byStoredKey(tier, wanted));
  if (store.clear) return await store.clear(matches);
  if (!store.entries) throw cannotClear(store.name);
  const keys: string[] = [];
  for await (const { key } of store.entries()) {
    if (!matches || matches(key)) keys.push(key);
  }
  let deleted = 0;
  for (const key of keys) if (await store.delete(key)) deleted++;
  return deleted;
}

/** Returns a matcher of stored keys. If stored keys are hidden, the records have to be read. */
async function byStoredKey(tier: Clearable, lies: Matches): Promise<Matches> {
  const codec = await tier.codec();
  if (!codec.hidesKeys) return lies;
  const names: string[] = [];
  if (!tier.store.entries) throw cannotClear(tier.name);
  for await (const { key } of tier.store.entries()) names.push(key);
  const within = new Set<string>();
  for (const name of names) {
    const key = await keyOf(tier, name);
    if (key !== undefined && lies(key)) within.add(name);
  }
  return (name) => within.has(name);
}

/** Returns undefined for a record that cannot be read. */
async function keyOf(tier: Clearable, name: string): Promise<string | undefined> {
  const codec = await tier.codec();
  const record = await tier.store.get(name);
  try {
    return record && codec.decode(name, record.bytes, tier.name).key;
  } catch {
    return undefined;
  }
}

function cannotClear(name: string): CacheError {
  const message = `The store ${name} cannot list its entries, so it can only delete by key.`;
  return new CacheError("NOT_REMOVED", message, { failed: [name] });
}
