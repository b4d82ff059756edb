import { DEFAULT_DISK_BYTES } from "./bounds.ts";
import { cacheDirectory } from "./directory.ts";
import { filesStore } from "./files/files-store.ts";
import { sqliteSupported } from "./sqlite/driver.ts";
import { sqliteStore } from "./sqlite/sqlite-store.ts";
import type { CacheStore } from "./store.ts";

export interface DiskStoreOptions {
  /** @default `ACC_CACHE_DIR`, else `acc` in the platform's cache folder */
  readonly directory?: string;
  /** The limit in bytes. @default 536_870_912 (512 MiB) */
  readonly maxBytes?: number;
}

/** Returns the best disk store that this Node.js supports. */
export function diskStore(options: DiskStoreOptions): CacheStore {
  const { directory = cacheDirectory(), maxBytes = DEFAULT_DISK_BYTES } = options;
  return sqliteSupported()
    ? sqliteStore({ directory, maxBytes })
    : filesStore({ directory, maxBytes });
}
