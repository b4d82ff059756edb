import type { ResponseCache } from "@acc/cache";
import type { CheckedRequest } from "../request/canonical-request.ts";

/** A checked request, with the CID that it has in a cache for an endpoint. */
export interface KnownRequest {
  readonly request: CheckedRequest;
  readonly store: ResponseCache;
  readonly endpoint: string;
  readonly cid: string;
}
