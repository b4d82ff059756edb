import {
  type CacheStore,
  cacheDirectory,
  filesStore,
  openCache,
  type ResponseCache,
  sqliteStore,
  sqliteSupported,
} from "@acc/cache";

/** The cache on this machine's disk, and its store, which can list what it has. */
export async function withDisk<T>(
  run: (cache: ResponseCache, store: CacheStore) => Promise<T>,
): Promise<T> {
  const store = openDisk();
  const cache = openCache({ store, memoryBytes: 0 });
  try {
    return await run(cache, store);
  } finally {
    await cache.close();
  }
}

/** A look at what is kept, which leaves it and the statistics as they were. */
export function onlyRead(store: CacheStore = openDisk()): ResponseCache {
  const reader: CacheStore = {
    name: store.name,
    get: (key) => store.get(key),
    set: () => {},
    delete: () => false,
    close: () => store.close?.(),
  };
  return openCache({ store: reader, memoryBytes: 0 });
}

function openDisk(): CacheStore {
  const directory = cacheDirectory();
  return sqliteSupported() ? sqliteStore({ directory }) : filesStore({ directory });
}
