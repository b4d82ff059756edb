import { join } from "node:path";
import type { ResponseCache } from "@acc/cache";
import type { ClientOptions } from "@acc/dual-mode";
import type { AccessOptions, KeyStore } from "@acc/server";
import { configFolder } from "../config/config-folder.ts";
import { loadServer } from "./load-server.ts";

/** Where keys, their usage, and answers are stored. */
export interface Places extends Pick<AccessOptions, "limits" | "budgets"> {
  readonly keys: KeyStore;
  /** Absent if answers are cached as for every other call. */
  readonly cache?: ResponseCache;
  /** What servers share about the vendors' keys; absent if there is only one server. */
  readonly state?: ClientOptions["state"];
  close(): Promise<void>;
}

/** Opens Redis, in which servers on several machines share these, or files on this machine. */
export async function openPlaces(redis: string | undefined): Promise<Places> {
  return redis === undefined ? filePlaces() : redisPlaces(redis);
}

async function filePlaces(): Promise<Places> {
  const { fileBudgets, fileKeys } = await loadServer();
  const folder = join(configFolder(), "server");
  return {
    keys: fileKeys(join(folder, "keys")),
    budgets: fileBudgets(join(folder, "budgets")),
    close: async () => {},
  };
}

async function redisPlaces(url: string): Promise<Places> {
  const { openRedis } = await import("./open-redis.ts");
  const client = await openRedis(url);
  const { redisBudgets, redisKeys, redisLimits } = await loadServer();
  const { memoryStore, openCache, redisStore } = await import("@acc/cache");
  const { sharedState } = await import("@acc/dual-mode/shared-state");
  const cache = openCache({ store: [memoryStore(), redisStore({ client })] });
  return {
    keys: redisKeys(client),
    limits: redisLimits(client),
    budgets: redisBudgets(client),
    cache,
    state: sharedState(client),
    close: async () => {
      await cache.close();
      client.destroy();
    },
  };
}
