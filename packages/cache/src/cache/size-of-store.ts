import type { CacheStore } from "../store/store.ts";
import type { TierSize } from "./upkeep.ts";

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
