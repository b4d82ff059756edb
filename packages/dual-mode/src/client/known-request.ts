import type { ResponseCache } from "@acc/cache";
import type { CheckedRequest } from "../request/canonical-request.ts";

/** A request as it was read, and the CID that it has in a store, asked at an endpoint. */
export interface KnownRequest {
  readonly request: CheckedRequest;
  readonly store: ResponseCache;
  readonly endpoint: string;
  readonly cid: string;
}
