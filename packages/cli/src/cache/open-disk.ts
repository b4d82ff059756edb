import {
  type CacheStore,
  cacheDirectory,
  filesStore,
  openCache,
  type ResponseCache,
  sqliteStore,
  sqliteSupported,
} from "@acc/cache";
import { Failure } from "../failure.ts";

/** Runs with the cache on this machine's disk, and its store, which can list its entries. */
export async function withDisk<T>(
  run: (cache: ResponseCache, store: CacheStore) => Promise<T>,
): Promise<T> {
  const store = openDisk();
  const cache = openCache({ store, memoryBytes: 0, keepRequests: true });
  try {
    return await run(cache, store);
  } catch (error) {
    throw isOfSystem(error) ? unavailable(error) : error;
  } finally {
    await cache.close();
  }
}

function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

function unavailable(cause: NodeJS.ErrnoException): Failure {
  return new Failure(
    "CACHE_UNAVAILABLE",
    `The cache ${cacheDirectory()} cannot be used: ${cause.code}.`,
    "Make it a folder that is yours, or name another in ACC_CACHE_DIR.",
    cause,
  );
}

/** A read-only view of the cache, which changes neither its entries nor the statistics. */
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
