import type { FailureRow } from "./failure-row.ts";

/** Refusals that blame the number or the size of requests. */
export const limitFailures: readonly FailureRow[] = [
  { code: "RATE_LIMITED", type: "resource_exhausted" },
  { code: "QUOTA_EXHAUSTED", words: "exceeded your current quota" },
  { code: "RATE_LIMITED", type: "rate_limit_error" },
  { code: "RATE_LIMITED", type: "rate_limit_exceeded" },
  { code: "RATE_LIMITED", type: "throttlingexception" },
  { code: "RATE_LIMITED", type: "throttling_error" },
  { code: "RATE_LIMITED", words: "you are being rate limited" },
  { code: "RATE_LIMITED", words: "too many requests", status: [400, 403, 500, 503] },
  { code: "RATE_LIMITED", words: "rate limit", status: [429, 449] },
];
