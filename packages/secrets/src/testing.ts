export type { CreateStore } from "./testing/rule.ts";
export {
  type SecretStoreTestOptions,
  type TestFunction,
  testSecretStore,
} from "./testing/test-secret-store.ts";
