import { codecSource } from "../codec/codec-source.ts";
import { Flights } from "../flight/flights.ts";
import { Leases } from "../flight/lease.ts";
import { crypto } from "../node-crypto.ts";
import { Ledger } from "../stats/ledger.ts";
import { Tally } from "../stats/tally.ts";
import { diskStore } from "../store/disk.ts";
import { DEFAULT_MEMORY_BYTES, memoryStore } from "../store/memory.ts";
import type { CacheStore } from "../store/store.ts";
import { Tier } from "../tier/tier.ts";
import { Tiers } from "../tier/tiers.ts";
import { Clock } from "./clock.ts";
import { checkedTtl, DEFAULT_TTL } from "./freshness.ts";
import { invalidOption } from "./invalid-option.ts";
import { Keeper } from "./keeper.ts";
import type { CacheOptions } from "./options.ts";
import { RequestKeepingCache } from "./request-keeping-cache.ts";
import { ResponseCache } from "./response-cache.ts";
import { Seeker } from "./seeker.ts";
import { checkedStores } from "./stores-option.ts";
import { Upkeep } from "./upkeep.ts";

/**
 * Opens a cache. The disk is not touched before the first operation.
 *
 * @throws CacheError `INVALID_OPTION`
 */
export function openCache(options: CacheOptions = {}): ResponseCache {
  const Cache = options.keepRequests ? RequestKeepingCache : ResponseCache;
  return new Cache(...cacheParts(options));
}

/** Creates the parts of a cache. */
export function cacheParts(options: CacheOptions): ConstructorParameters<typeof ResponseCache> {
  const tally = new Tally(options.onEvent);
  const codec = codecSource(options.encryptionKey);
  const author = once(() => crypto().randomUUID());
  if (options.now !== undefined && typeof options.now !== "function") {
    throw invalidOption("now", options.now, "a function that gives milliseconds");
  }
  const tiers = new Tiers(
    checkedStores(stores(options)).map((store) => new Tier(store, tally, codec, author)),
  );
  const keeper = new Keeper(tiers, tally, {
    scope: { namespace: options.namespace, tenant: options.tenant },
    ttl: checkedTtl(options.ttl ?? DEFAULT_TTL),
    clock: new Clock(options.now),
  });
  const leases = leasesOf(tiers);
  const upkeep = new Upkeep(keeper, new Ledger(tiers, tally), leases);
  return [keeper, new Seeker(keeper, leases), new Flights(tally), upkeep];
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Returns the leases of the lowest tier that has any, because the most processes share it. */
function leasesOf(tiers: Tiers): Leases | undefined {
  for (const tier of tiers.all.toReversed()) {
    if (tier.store.leases) return new Leases(tier, tier.store.leases);
  }
  return undefined;
}

function stores(options: CacheOptions): readonly CacheStore[] {
  const { store, memoryBytes = DEFAULT_MEMORY_BYTES } = options;
  if (Array.isArray(store)) return store;
  const behind = (store as CacheStore | undefined) ?? diskStore(options);
  if (memoryBytes === 0 || behind.inProcess) return [behind];
  if (!(memoryBytes > 0)) throw invalidOption("memoryBytes", memoryBytes, "bytes, 0 or more");
  return [memoryStore({ maxBytes: memoryBytes }), behind];
}
