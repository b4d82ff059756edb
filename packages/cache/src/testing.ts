export {
  type StoreTestOptions,
  type TestFunction,
  testCacheStore,
} from "./testing/test-cache-store.ts";
