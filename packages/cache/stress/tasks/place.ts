import { type CacheStore, filesStore, redisStore, sqliteStore } from "@acc/cache";
import { createClient } from "redis";

export type StoreName = "files" | "sqlite" | "redis";

/** Where a task works, and on which store; for Redis the directory is the address of a server. */
export interface Place {
  readonly store: StoreName;
  readonly directory: string;
}

export function storeOf({ store, directory }: Place): CacheStore {
  if (store === "redis") return ofRedis(directory);
  return store === "sqlite" ? sqliteStore({ directory }) : filesStore({ directory });
}

/** Closed with the store. */
function ofRedis(url: string): CacheStore {
  const client = createClient({ url });
  client.on("error", () => undefined);
  // Commands wait in the client until it is connected.
  void client.connect();
  return Object.assign(redisStore({ client }), { close: () => client.destroy() });
}
