import type { Tier } from "../tier/tier.ts";
import { inScope, type Scope } from "./scope.ts";

type Matches = (storedKey: string) => boolean;

/** Deletes what lies in a scope, or all, by the shortest way that the store knows. */
export async function clearTier(tier: Tier, scope: Scope): Promise<number> {
  const { store } = tier;
  const matches = await matcher(tier, scope);
  if (store.clear) return await store.clear(matches);
  const keys: string[] = [];
  for await (const { key } of store.entries?.() ?? []) {
    if (!matches || matches(key)) keys.push(key);
  }
  let deleted = 0;
  for (const key of keys) if (await store.delete(key)) deleted++;
  return deleted;
}

/** Undefined for everything. Where stored keys tell nothing, the records have to be read. */
async function matcher(tier: Tier, scope: Scope): Promise<Matches | undefined> {
  if (scope.namespace === undefined && scope.tenant === undefined) return undefined;
  const lies = inScope(scope);
  const codec = await tier.codec();
  if (!codec.hidesKeys) return lies;
  const names: string[] = [];
  for await (const { key } of tier.store.entries?.() ?? []) names.push(key);
  const within = new Set<string>();
  for (const name of names) {
    const key = await keyOf(tier, name);
    if (key !== undefined && lies(key)) within.add(name);
  }
  return (name) => within.has(name);
}

/** Undefined for a record that cannot be read. */
async function keyOf(tier: Tier, name: string): Promise<string | undefined> {
  const codec = await tier.codec();
  const record = await tier.store.get(name);
  try {
    return record && codec.decode(name, record.bytes, tier.name).key;
  } catch {
    return undefined;
  }
}
