import { openCache } from "./open-cache.ts";
import type { CacheOptions } from "./options.ts";
import type { ResponseCache } from "./response-cache.ts";

const PLACE: unique symbol = Symbol.for("@acc/cache.global@0");

/**
 * The one cache of this process, for all copies of this package. Once closed, it is opened again.
 * `options` are those of who opens it; for all others it is as they have it.
 */
export function getGlobalCache(options?: CacheOptions): ResponseCache {
  const shared = globalThis as { [PLACE]?: ResponseCache };
  if (!shared[PLACE] || shared[PLACE].closed) shared[PLACE] = openCache(options);
  return shared[PLACE];
}
