/** What is built into a file of its own, so that commands which serve nothing do not read it. */

export {
  addKey,
  clientVariables,
  createAccess,
  createPage,
  createServer,
  fileBudgets,
  fileKeys,
  listKeys,
  nodeServerOptions,
  pageKeys,
  redisBudgets,
  redisKeys,
  redisLimits,
  revokeKey,
} from "@acc/server";
export { createAdaptorServer } from "@hono/node-server";
