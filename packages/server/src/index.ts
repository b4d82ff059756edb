export { AccessError, type AccessErrorCode } from "./access/access-error.ts";
export type { BudgetStore, Settlement, Withdrawal } from "./access/budgets/budget-store.ts";
export { type FileBudgetsOptions, fileBudgets } from "./access/budgets/file-budgets.ts";
export { redisBudgets } from "./access/budgets/redis-budgets.ts";
export { type AccessOptions, createAccess, type KeyAccess } from "./access/create-access.ts";
export type { OwnerFrom } from "./access/identify.ts";
export type { KeyUsage } from "./access/key-usage.ts";
export { fileKeys } from "./access/keys/file-keys.ts";
export type { KeyOptions } from "./access/keys/key-options.ts";
export type { Budget, KeyRecord, KeyStore } from "./access/keys/key-store.ts";
export { type AddedKey, addKey, type KeyInfo, listKeys, revokeKey } from "./access/keys/keys.ts";
export { redisKeys } from "./access/keys/redis-keys.ts";
export type { Counter, LimitKind, Limits, Taken } from "./access/limits/limits.ts";
export { memoryLimits } from "./access/limits/memory-limits.ts";
export { redisLimits } from "./access/limits/redis-limits.ts";
export { pageKeys } from "./access/page-keys.ts";
export type { IoredisClient, NodeRedisClient, RedisClient } from "./access/redis/redis-client.ts";
export type {
  Access,
  Ask,
  Caller,
  LostAttempt,
  Refusal,
  RequestInfo,
  Reservation,
  Target,
  Used,
} from "./contract/access.ts";
export type { CallRecord, WireName } from "./contract/call-record.ts";
export type { Page, Server, ServerOptions } from "./contract/server.ts";
export { createServer } from "./handler/create-server.ts";
export { clientVariables } from "./page/client-variables.ts";
export { createPage, type OwnerPage } from "./page/create-page.ts";
export type { KeyUse, KeyView, NewKey, PageKeys, PageOptions } from "./page/page-options.ts";
export { nodeServerOptions } from "./safety/node-server-options.ts";
