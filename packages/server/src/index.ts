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
