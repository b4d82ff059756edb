export type {
  Access,
  Ask,
  Caller,
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
