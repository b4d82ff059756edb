import { createCache } from "cache-manager";
import { type MemoryCache, TTL } from "../memory-cache.ts";

export function cacheManager(): MemoryCache {
  const cache = createCache({ ttl: TTL });
  return {
    name: "cache-manager",
    kind: "peer",
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
    getOrCompute: (key, compute) => cache.wrap(key, compute),
  };
}
