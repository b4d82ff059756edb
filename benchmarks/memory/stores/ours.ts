import { memoryStore, openCache } from "@acc/cache";
import type { ModelResponse } from "../../data/responses.ts";
import { MAX_BYTES, type MemoryCache } from "../memory-cache.ts";

export function ours(): MemoryCache {
  const cache = openCache({ store: memoryStore({ maxBytes: MAX_BYTES }) });
  return {
    name: "@acc/cache",
    kind: "ours",
    getNow: (key) => (cache.get(key) as { value: ModelResponse } | undefined)?.value,
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
    getOrCompute: (key, compute) => cache.getOrCompute(key, compute),
  };
}
