import type { ModelResponse } from "../../data/responses.ts";
import type { MemoryCache } from "../memory-cache.ts";

/** A Map: no life, no bound. */
export function floor(): MemoryCache {
  const map = new Map<string, ModelResponse>();
  return {
    name: "Map",
    kind: "floor",
    getNow: (key) => map.get(key),
    get: (key) => map.get(key),
    set: (key, value) => map.set(key, value),
  };
}
