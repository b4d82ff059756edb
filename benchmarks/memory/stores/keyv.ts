import Keyv from "keyv";
import type { ModelResponse } from "../../data/responses.ts";
import { type MemoryCache, TTL } from "../memory-cache.ts";

/** Its memory store has no bound. */
export function keyv(): MemoryCache {
  return adapted("keyv", new Keyv<ModelResponse>({ ttl: TTL }));
}

/** What a caller does to a value, the next one sees. */
export function keyvShared(): MemoryCache {
  return adapted(
    "keyv, serialization: false",
    new Keyv<ModelResponse>({ ttl: TTL, serialization: false }),
  );
}

function adapted(name: string, cache: Keyv<ModelResponse>): MemoryCache {
  return {
    name,
    kind: "peer",
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
  };
}
