/** Built into a file of its own, so that commands without a server do not read it. */

export {
  addKey,
  addNoted,
  auditLine,
  clientVariables,
  createAccess,
  createPage,
  createServer,
  fileAudit,
  fileBudgets,
  fileKeys,
  hasKey,
  listKeys,
  nodeFetch,
  nodeServerOptions,
  orNoted,
  pageKeys,
  redisBudgets,
  redisKeys,
  redisLimits,
  revokeKey,
  revokeNoted,
} from "@acc/server";
export { createAdaptorServer } from "@hono/node-server";
