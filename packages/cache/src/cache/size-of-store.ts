import type { CacheStore } from "../store/store.ts";

export async function sizeOfStore(store: CacheStore): Promise<TierSize> {
  if (store.size) return { name: store.name, ...(await store.size()) };
  if (!store.entries) return { name: store.name };
  let entries = 0;
  let bytes = 0;
  for await (const entry of store.entries()) {
    entries++;
    bytes += entry.bytes;
  }
  return { name: store.name, entries, bytes };
}

/** The size of one store of a cache. */
export interface TierSize {
  readonly name: string;
  /** Absent if the store cannot list its entries. */
  readonly entries?: number;
  readonly bytes?: number;
}
