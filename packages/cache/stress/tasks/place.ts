import { type CacheStore, filesStore, sqliteStore } from "@acc/cache";

export type StoreName = "files" | "sqlite";

/** Where a task works, and on which disk store. */
export interface Place {
  readonly store: StoreName;
  readonly directory: string;
}

export function storeOf({ store, directory }: Place): CacheStore {
  return store === "sqlite" ? sqliteStore({ directory }) : filesStore({ directory });
}
