export type { Reopen } from "./testing/rule.ts";
export {
  type CacheStoreTestOptions,
  type TestFunction,
  testCacheStore,
} from "./testing/test-cache-store.ts";
