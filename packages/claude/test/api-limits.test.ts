import { describe, expect, it } from "vitest";
import { apiLimits } from "../src/sdk/api-limits.ts";

const now = Date.UTC(2026, 10, 29, 18, 0, 0);
const limitsOf = (headers: Record<string, string>) => apiLimits(new Headers(headers), now);

describe("the limits of an answer's headers", () => {
  it("are the API's, whose resets are times", () => {
    const limits = limitsOf({
      "anthropic-ratelimit-requests-limit": "50",
      "anthropic-ratelimit-requests-remaining": "49",
      "anthropic-ratelimit-requests-reset": "2026-11-29T18:00:01Z",
      "anthropic-ratelimit-input-tokens-limit": "30000",
      "anthropic-ratelimit-input-tokens-remaining": "0",
      "anthropic-ratelimit-input-tokens-reset": "2026-11-29T18:00:30.500Z",
      "anthropic-ratelimit-output-tokens-limit": "8000",
      "anthropic-ratelimit-output-tokens-remaining": "8000",
    });
    expect(limits).toEqual({
      requests: { limit: 50, remaining: 49, resetsAt: now + 1000 },
      inputTokens: { limit: 30_000, remaining: 0, resetsAt: now + 30_500 },
      outputTokens: { limit: 8000, remaining: 8000 },
    });
  });

  // anomalyco/opencode#49653: the part that is spent, and not only when the window ends
  it("are a login's windows, in percent", () => {
    const limits = limitsOf({
      "anthropic-ratelimit-unified-5h-utilization": "0.42",
      "anthropic-ratelimit-unified-5h-reset": String(now / 1000 + 7200),
      "anthropic-ratelimit-unified-7d-utilization": "1.03",
    });
    expect(limits).toEqual({
      fiveHours: { limit: 100, remaining: 58, resetsAt: now + 7_200_000 },
      week: { limit: 100, remaining: 0 },
    });
  });

  it("are a gateway's own where it tells no other", () => {
    expect(limitsOf({ "x-ratelimit-remaining-requests": "3" })).toEqual({
      requests: { remaining: 3 },
    });
    expect(limitsOf({ "content-type": "text/event-stream" })).toBeUndefined();
  });
});
