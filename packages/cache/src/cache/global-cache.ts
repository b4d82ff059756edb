import { openCache } from "./open-cache.ts";
import type { CacheOptions } from "./options.ts";
import type { ResponseCache } from "./response-cache.ts";

const PLACE: unique symbol = Symbol.for("@acc/cache.global@0");

/**
 * Returns the cache that all copies of this package in this process share. If it was closed, it is
 * opened again. `options` apply only if this call opens it.
 */
export function getGlobalCache(options?: CacheOptions): ResponseCache {
  const shared = globalThis as { [PLACE]?: ResponseCache };
  if (!shared[PLACE] || shared[PLACE].closed) shared[PLACE] = openCache(options);
  return shared[PLACE];
}
