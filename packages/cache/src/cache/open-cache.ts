import { Flights } from "../flight/flights.ts";
import { Tally } from "../stats/tally.ts";
import { diskStore } from "../store/disk.ts";
import { DEFAULT_MEMORY_BYTES, memoryStore } from "../store/memory.ts";
import type { CacheStore } from "../store/store.ts";
import { Tier } from "../tier/tier.ts";
import { Tiers } from "../tier/tiers.ts";
import { checkedTtl, DEFAULT_TTL } from "./freshness.ts";
import { invalidOption } from "./invalid-option.ts";
import { Keeper } from "./keeper.ts";
import type { CacheOptions } from "./options.ts";
import { ResponseCache } from "./response-cache.ts";
import { Upkeep } from "./upkeep.ts";

/**
 * Opens a cache. No disk is touched before the first operation.
 *
 * @throws CacheError `INVALID_OPTION`
 */
export function openCache(options: CacheOptions = {}): ResponseCache {
  const tally = new Tally(options.onEvent);
  const tiers = new Tiers(stores(options).map((store) => new Tier(store, tally)));
  const keeper = new Keeper(tiers, tally, {
    scope: { namespace: options.namespace, tenant: options.tenant },
    ttl: checkedTtl(options.ttl ?? DEFAULT_TTL),
    now: options.now ?? Date.now,
  });
  return new ResponseCache(keeper, new Flights(tally), new Upkeep(keeper));
}

function stores(options: CacheOptions): readonly CacheStore[] {
  const { store, memoryBytes = DEFAULT_MEMORY_BYTES } = options;
  if (Array.isArray(store)) return store;
  const behind = (store as CacheStore | undefined) ?? diskStore(options);
  if (memoryBytes === 0 || behind.inProcess) return [behind];
  if (!(memoryBytes > 0)) throw invalidOption("memoryBytes", memoryBytes, "bytes, 0 or more");
  return [memoryStore({ maxBytes: memoryBytes }), behind];
}
