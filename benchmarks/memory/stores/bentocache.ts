import { BentoCache, bentostore } from "bentocache";
import { memoryDriver } from "bentocache/drivers/memory";
import { MAX_BYTES, type MemoryCache, TTL } from "../memory-cache.ts";

/** It holds a thousand entries unless it is told how many. */
const MAX_ITEMS = 20_000;

export function bentocache(): MemoryCache {
  return adapted("bentocache", { maxSize: MAX_BYTES, maxItems: MAX_ITEMS });
}

/** What a caller does to a value, the next one sees; and it cannot be bounded by size. */
export function bentocacheShared(): MemoryCache {
  return adapted("bentocache, serialize: false", { serialize: false, maxItems: MAX_ITEMS });
}

function adapted(name: string, driver: Parameters<typeof memoryDriver>[0]): MemoryCache {
  const store = bentostore().useL1Layer(memoryDriver(driver));
  const cache = new BentoCache({ default: "memory", ttl: TTL, stores: { memory: store } });
  return {
    name,
    kind: "peer",
    get: (key) => cache.get({ key }),
    set: (key, value) => cache.set({ key, value }),
    getOrCompute: (key, factory) => cache.getOrSet({ key, factory }),
  };
}
