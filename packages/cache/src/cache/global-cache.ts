import { openCache } from "./open-cache.ts";
import type { ResponseCache } from "./response-cache.ts";

const PLACE: unique symbol = Symbol.for("@acc/cache.global@0");

/**
 * The one cache of this process, with default options, for all copies of this package. Once closed,
 * it is opened anew.
 */
export function getGlobalCache(): ResponseCache {
  const shared = globalThis as { [PLACE]?: ResponseCache };
  if (!shared[PLACE] || shared[PLACE].closed) shared[PLACE] = openCache();
  return shared[PLACE];
}
