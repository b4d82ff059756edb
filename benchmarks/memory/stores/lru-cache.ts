import { LRUCache } from "lru-cache";
import type { ModelResponse } from "../../data/responses.ts";
import { MAX_BYTES, type MemoryCache, sizeOf, TTL } from "../memory-cache.ts";

const bounds = { ttl: TTL, maxSize: MAX_BYTES, sizeCalculation: sizeOf };

export function lruCache(): MemoryCache {
  const cache = new LRUCache<string, ModelResponse>(bounds);
  return {
    name: "lru-cache",
    kind: "peer",
    getNow: (key) => cache.get(key),
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
  };
}

/** By itself, for a `fetchMethod` makes each get slower. */
export function lruCacheFetching(): MemoryCache {
  let compute: () => Promise<ModelResponse>;
  const cache = new LRUCache<string, ModelResponse>({ ...bounds, fetchMethod: () => compute() });
  return {
    name: "lru-cache, fetchMethod",
    kind: "peer",
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
    getOrCompute(key, run) {
      compute = run;
      return cache.fetch(key);
    },
  };
}
