import { describe, expect, it } from "vitest";
import { rateLimits } from "../../src/http/rate-limits.ts";

const now = Date.UTC(2026, 10, 29, 18, 0, 0);
const limitsOf = (headers: Record<string, string>) => rateLimits(new Headers(headers), now);

describe("the limits of an answer's headers", () => {
  it("are the usual ones, whose resets are durations", () => {
    const limits = limitsOf({
      "x-ratelimit-limit-requests": "14400",
      "x-ratelimit-limit-tokens": "18000",
      "x-ratelimit-remaining-requests": "14370",
      "x-ratelimit-remaining-tokens": "17997",
      "x-ratelimit-reset-requests": "2m59.56s",
      "x-ratelimit-reset-tokens": "7.66s",
    });
    expect(limits).toEqual({
      requests: { limit: 14_400, remaining: 14_370, resetsAt: now + 179_560 },
      tokens: { limit: 18_000, remaining: 17_997, resetsAt: now + 7_660 },
    });
  });

  it("are none where there is no such header", () => {
    expect(limitsOf({ "content-type": "text/event-stream" })).toBeUndefined();
    expect(rateLimits({ "X-RateLimit-Remaining-Requests": "3" }, now)).toEqual({
      requests: { remaining: 3 },
    });
  });

  it.each(["-1", "many", "", "1e9", "14,400", "50, 50", "9".repeat(200), "NaN", "0x10"])(
    "count nothing that is no count: %j",
    (said) => {
      expect(limitsOf({ "x-ratelimit-remaining-tokens": said })).toBeUndefined();
    },
  );
});

describe("the time of a reset", () => {
  const resetOf = (reset: string) =>
    limitsOf({ "x-ratelimit-remaining-requests": "1", "x-ratelimit-reset-requests": reset })
      ?.requests?.resetsAt;

  // BaseIntelligence/bounty-challenge#10752, #52868; vectorize-io/hindsight#3508
  it.each([
    ["6ms", 6],
    ["1s", 1000],
    ["6m0s", 360_000],
    ["1m30.951s", 90_951],
    ["1h0m0s", 3_600_000],
    ["1d2h", 93_600_000],
    ["0s", 0],
    ["60", 60_000],
    ["0.5", 500],
    [String(now / 1000 + 60), 60_000],
    [String(now + 60_000), 60_000],
    ["2026-11-29T18:01:00+00:00", 60_000],
  ])("is told as %j", (said, ms) => {
    expect(resetOf(said)).toBe(now + ms);
  });

  it.each([
    "soon",
    "1x",
    "m",
    "s5",
    "2m59.56",
    "-5s",
    "999999h",
    "9999999999999999",
    "2026-13-99T",
  ])("is none where it cannot be one: %j", (said) => {
    expect(resetOf(said)).toBeUndefined();
  });
});
