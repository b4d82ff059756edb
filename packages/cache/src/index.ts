export type { Answer, CacheEntry, Computed, StreamAnswer } from "./cache/entry.ts";
export type { CacheEvent, CacheListener } from "./cache/events.ts";
export { getGlobalCache } from "./cache/global-cache.ts";
export { openCache } from "./cache/open-cache.ts";
export type {
  CacheOptions,
  ComputeOptions,
  GetOptions,
  SetOptions,
  StreamOptions,
} from "./cache/options.ts";
export type { RecordingMode } from "./cache/recording-mode.ts";
export { keptRequest } from "./cache/request-keeping-cache.ts";
export type { ResponseCache } from "./cache/response-cache.ts";
export type { Scope } from "./cache/scope.ts";
export type { TierSize } from "./cache/size-of-store.ts";
export type { CacheStats } from "./cache/upkeep.ts";
export type { VerifyReport } from "./cache/verify-tier.ts";
export { CacheError, type CacheErrorCode, type CacheErrorDetails } from "./error.ts";
export type { FlightHandle } from "./flight/flight.ts";
export { KEY_IGNORES, KEY_VERSION } from "./key/request-key.ts";
export type { MaybePromise } from "./maybe-promise.ts";
export type { Difference } from "./recordings/differences.ts";
export type { Explanation } from "./recordings/explain-miss.ts";
export type { RecordedAnswer, RecordingCache } from "./recordings/recording-cache.ts";
export { type RecordingsOptions, recordings } from "./recordings/recordings.ts";
export type { LabelCounts } from "./stats/label-tally.ts";
export type { CacheCounts } from "./stats/tally.ts";
export { cacheDirectory } from "./store/directory.ts";
export { type FilesStoreOptions, filesStore } from "./store/files/files-store.ts";
export { type MemoryStoreOptions, memoryStore } from "./store/memory.ts";
export {
  type IoredisClient,
  type NodeRedisClient,
  type NodeRedisCluster,
  type NodeRedisSentinel,
  type Redis,
  type RedisClient,
  redisOf,
  type Send,
} from "./store/redis/redis-client.ts";
export { type RedisStoreOptions, redisStore } from "./store/redis/redis-store.ts";
export { sqliteSupported } from "./store/sqlite/driver.ts";
export { type SqliteStoreOptions, sqliteStore } from "./store/sqlite/sqlite-store.ts";
export type {
  CacheStore,
  CounterStore,
  Invalidation,
  InvalidationNews,
  InvalidationStore,
  LeaseStore,
  PruneResult,
  StoredRecord,
  StoredSummary,
  StoreSize,
} from "./store/store.ts";
