import type { CacheStore } from "@acc/cache";
import { type DiskStore, MAX_BYTES, type OpenDiskStore } from "../disk-store.ts";

const load = () => import("@acc/cache");

/** Without memory in front, which would answer every get after the first. */
export const sqlite: DiskStore = {
  name: "@acc/cache sqlite",
  kind: "ours",
  load,
  open: async (directory) => {
    const { sqliteStore } = await load();
    return opened(sqliteStore({ directory, maxBytes: MAX_BYTES }));
  },
};

export const files: DiskStore = {
  name: "@acc/cache files",
  kind: "ours",
  load,
  open: async (directory) => {
    const { filesStore } = await load();
    return opened(filesStore({ directory, maxBytes: MAX_BYTES }));
  },
};

async function opened(store: CacheStore): Promise<OpenDiskStore> {
  const { openCache } = await load();
  const cache = openCache({ store, memoryBytes: 0 });
  return {
    get(key) {
      const found = cache.get(key);
      return found && "then" in found ? found.then((entry) => entry?.value) : found?.value;
    },
    set: (key, value) => cache.set(key, value),
    async setAll(entries) {
      for (const [key, value] of entries) await cache.set(key, value);
    },
    close: () => cache.close(),
  };
}
