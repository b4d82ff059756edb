import { join } from "node:path";
import { filesStore, memoryStore, openCache, sqliteStore } from "@acc/cache";
import { BentoCache, bentostore } from "bentocache";
import { fileDriver } from "bentocache/drivers/file";
import { memoryDriver } from "bentocache/drivers/memory";
import { createCache } from "cache-manager";
import { Cacheable } from "cacheable";
import { LRUCache } from "lru-cache";
import type { ModelResponse } from "../data/responses.ts";
import type { CoalescingCache, OpenCoalescingCache } from "./coalescing-cache.ts";

export const OURS = "@acc/cache sqlite";

type Open = (directory: string) => OpenCoalescingCache;

export const caches: readonly CoalescingCache[] = [
  cache(OURS, "ours", true, (directory) => openCache({ store: sqliteStore({ directory }) })),
  cache("@acc/cache files", "ours", true, (directory) =>
    openCache({ store: filesStore({ directory }) }),
  ),
  cache("@acc/cache memory", "ours", false, () => openCache({ store: memoryStore() })),
  cache("bentocache, memory and files", "peer", true, bento),
  cache("lru-cache, fetchMethod", "peer", false, lru),
  cache("cacheable", "peer", false, () => {
    const store = new Cacheable();
    return { getOrCompute: (key, run) => store.getOrSet(key, run), close: () => undefined };
  }),
  cache("cache-manager", "peer", false, () => {
    const store = createCache();
    return { getOrCompute: (key, run) => store.wrap(key, run), close: () => undefined };
  }),
];

function cache(
  name: string,
  kind: CoalescingCache["kind"],
  shared: boolean,
  open: Open,
): CoalescingCache {
  return { name, kind, shared, open: async (directory) => open(directory) };
}

function bento(directory: string): OpenCoalescingCache {
  const store = bentostore()
    .useL1Layer(memoryDriver({}))
    .useL2Layer(fileDriver({ directory: join(directory, "bento"), pruneInterval: false }));
  const bentocache = new BentoCache({ default: "both", stores: { both: store } });
  return {
    getOrCompute: (key, factory) => bentocache.getOrSet({ key, factory }),
    close: () => bentocache.disconnectAll(),
  };
}

function lru(): OpenCoalescingCache {
  let compute: () => Promise<ModelResponse>;
  const store = new LRUCache<string, ModelResponse>({ max: 1000, fetchMethod: () => compute() });
  return {
    getOrCompute(key, run) {
      compute = run;
      return store.fetch(key);
    },
    close: () => undefined,
  };
}
