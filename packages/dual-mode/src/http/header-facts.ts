import type { Limits } from "../contract/part.ts";
import { rateLimits } from "./rate-limits.ts";
import { requestId } from "./request-id.ts";
import { type HeaderBag, headerOf, retryAfter } from "./retry-after.ts";

/** What the headers of a refusal tell besides its words. */
export interface HeaderFacts {
  readonly retryAfter: number | undefined;
  readonly requestId: string | undefined;
  readonly limits: Limits | undefined;
  /** False where the server wants no retry. */
  readonly retryable: false | undefined;
}

/** When to ask again, if at all, and what is left of the limits: whatever the headers tell. */
export function headerFacts(headers: HeaderBag): HeaderFacts {
  return {
    retryAfter: retryAfter(headers),
    requestId: requestId(headers),
    limits: rateLimits(headers),
    // What may pass is asked again in any case: that it should be says nothing new.
    retryable: headerOf(headers, "x-should-retry") === "false" ? false : undefined,
  };
}
