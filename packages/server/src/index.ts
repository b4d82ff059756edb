export { AccessError, type AccessErrorCode } from "./access/access-error.ts";
export type { AccessState, Availability } from "./access/availability.ts";
export type { BudgetStore, Settlement, Withdrawal } from "./access/budgets/budget-store.ts";
export { type FileBudgetsOptions, fileBudgets } from "./access/budgets/file-budgets.ts";
export { redisBudgets } from "./access/budgets/redis-budgets.ts";
export { type AccessOptions, createAccess, type KeyAccess } from "./access/create-access.ts";
export type { OwnerFrom } from "./access/identify.ts";
export type { KeyUsage } from "./access/key-usage.ts";
export { fileKeys } from "./access/keys/file-keys.ts";
export type { KeyOptions } from "./access/keys/key-options.ts";
export type { Budget, KeyRecord, KeyStore, OnDamaged } from "./access/keys/key-store.ts";
export {
  type AddedKey,
  addKey,
  hasKey,
  type KeyInfo,
  listKeys,
  revokeKey,
} from "./access/keys/keys.ts";
export {
  addNoted,
  type NoteOutcome,
  orNoted,
  revokeNoted,
} from "./access/keys/noted-keys.ts";
export { type RedisKeysOptions, redisKeys } from "./access/keys/redis-keys.ts";
export type { Counter, LimitKind, Limits, Taken } from "./access/limits/limits.ts";
export { memoryLimits } from "./access/limits/memory-limits.ts";
export { redisLimits } from "./access/limits/redis-limits.ts";
export { pageKeys } from "./access/page-keys.ts";
export type {
  IoredisClient,
  NodeRedisClient,
  NodeRedisCluster,
  NodeRedisSentinel,
  RedisClient,
} from "./access/redis/redis-client.ts";
export { auditLine, fileAudit } from "./audit/file-audit.ts";
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
export type { AdminAction, AdminEvent, Audit } from "./contract/audit.ts";
export type { CallRecord, WireName } from "./contract/call-record.ts";
export type { Identity, OidcPeople, People, Permission, ProxyPeople } from "./contract/people.ts";
export type { Page, Server, ServerOptions } from "./contract/server.ts";
export { createServer } from "./handler/create-server.ts";
export { clientVariables } from "./page/client-variables.ts";
export { createPage, type OwnerPage } from "./page/create-page.ts";
export type { KeyUse, KeyView, NewKey, PageKeys, PageOptions } from "./page/page-options.ts";
export { type NodeExchange, nodeFetch } from "./safety/fetch-of-node-server.ts";
export { nodeServerOptions } from "./safety/node-server-options.ts";
