import type { ResponseCache } from "@acc/cache";

let open: (() => ResponseCache) | undefined;

/** The process's cache, where it has been loaded: it is opened again after each `close`. */
export function sharedCache(): ResponseCache | undefined {
  return open?.();
}

/** The process's cache. Who brings a cache, or wants none, never loads it. */
export async function loadSharedCache(): Promise<ResponseCache> {
  open ??= (await import("@acc/cache")).getGlobalCache;
  return open();
}
