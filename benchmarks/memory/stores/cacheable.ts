import { Cacheable } from "cacheable";
import { type MemoryCache, TTL } from "../memory-cache.ts";

export function cacheable(): MemoryCache {
  const cache = new Cacheable({ ttl: TTL });
  return {
    name: "cacheable",
    kind: "peer",
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
    getOrCompute: (key, compute) => cache.getOrSet(key, compute),
  };
}
