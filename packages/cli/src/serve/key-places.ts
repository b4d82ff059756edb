import { join } from "node:path";
import type { ResponseCache } from "@acc/cache";
import type { ClientOptions } from "@acc/dual-mode";
import type { AccessOptions, KeyStore } from "@acc/server";
import { configFolder } from "../config/config-folder.ts";
import { loadServer } from "./load-server.ts";

/** Where keys, what they use, and answers are kept. */
export interface Places extends Pick<AccessOptions, "limits" | "budgets"> {
  readonly keys: KeyStore;
  /** Absent where answers are kept as for every other call. */
  readonly cache?: ResponseCache;
  /** What servers know together of the vendors' keys; absent where there is one. */
  readonly state?: ClientOptions["state"];
  close(): Promise<void>;
}

/** In Redis, where servers on several machines share them, or in files of this one. */
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
