import type { Limits } from "../contract/part.ts";
import { rateLimits } from "./rate-limits.ts";
import { requestId } from "./request-id.ts";
import { type HeaderBag, headerOf, retryAfter } from "./retry-after.ts";

/** Facts from the headers of a refusal, in addition to its words. */
export interface HeaderFacts {
  readonly retryAfter: number | undefined;
  readonly requestId: string | undefined;
  readonly limits: Limits | undefined;
  /** False if the server asks for no retry. */
  readonly retryable: false | undefined;
}

/** Reads when to retry, if at all, and what is left of the limits. */
export function headerFacts(headers: HeaderBag): HeaderFacts {
  return {
    retryAfter: retryAfter(headers),
    requestId: requestId(headers),
    limits: rateLimits(headers),
    // Errors that may be temporary are retried in any case, so `true` adds nothing.
    retryable: headerOf(headers, "x-should-retry") === "false" ? false : undefined,
  };
}
