import type { ResponseCache } from "@acc/cache";

let open: (() => ResponseCache) | undefined;

/** Returns the process-wide cache if it has been loaded; after each `close` it is opened again. */
export function sharedCache(): ResponseCache | undefined {
  return open?.();
}

/**
 * Loads the process-wide cache. It is never loaded for clients that bring a cache, or want none.
 */
export async function loadSharedCache(): Promise<ResponseCache> {
  open ??= (await import("@acc/cache")).getGlobalCache;
  return open();
}
