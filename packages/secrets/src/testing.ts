export {
  type ConformanceOptions,
  type CreateStore,
  type TestFunction,
  testSecretStore,
} from "./conformance.ts";
