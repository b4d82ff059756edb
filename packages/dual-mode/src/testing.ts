export { type RuleOptions, testProvider } from "./testing/test-provider.ts";
