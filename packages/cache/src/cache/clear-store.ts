import type { CacheStore } from "../store/store.ts";

/** Deletes all records of a store or those whose key matches, by the shortest way that it knows. */
export async function clearStore(
  store: CacheStore,
  matches: ((key: string) => boolean) | undefined,
): Promise<number> {
  if (store.clear) return await store.clear(matches);
  const keys: string[] = [];
  for await (const { key } of store.entries?.() ?? []) {
    if (!matches || matches(key)) keys.push(key);
  }
  let deleted = 0;
  for (const key of keys) if (await store.delete(key)) deleted++;
  return deleted;
}
