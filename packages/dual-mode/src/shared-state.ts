export type { RedisClient } from "@acc/cache";
export type { SharedState } from "./contract/shared-state.ts";
export { type SharedStateOptions, sharedState } from "./shared/shared-state.ts";
