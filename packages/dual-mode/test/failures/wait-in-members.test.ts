import { expect, test } from "vitest";
import { judgeRefusal } from "../../src/failures/judge-refusal.ts";
import { readRefusal } from "../../src/failures/refusal.ts";
import { waitInMembers } from "../../src/failures/wait-in-members.ts";

const now = Date.UTC(2026, 10, 22, 12, 0, 0);
const seconds = now / 1000;

test.each([
  [{ retryDelay: "34.5s" }, 34_500],
  [{ retry_after: 30 }, 30_000],
  [{ retry_after: "1m30s" }, 90_000],
  [{ retryAfter: "2.5" }, 2_500],
  [{ retry_after_seconds: 12 }, 12_000],
  [{ resets_in_seconds: 13_872, resets_at: 1 }, 13_872_000],
  [{ resets_at: seconds + 60 }, 60_000],
  [{ resets_at: "2026-11-22T12:01:00Z" }, 60_000],
  [{ headers: { "X-RateLimit-Reset": String(now + 42_000) } }, 42_000],
  [{ resets_at: seconds - 60 }, undefined],
  [{ resets_at: seconds + 60 * 24 * 3_600 }, undefined],
  [{ retry_after: "soon" }, undefined],
  [{ retry_after: null, retryAfter: {}, resets_at: [] }, undefined],
  [{ headers: null }, undefined],
  [{}, undefined],
])("%j names %s ms", (body, wait) => {
  expect(waitInMembers(body, now)).toBe(wait);
});

test("headers within headers are not followed", () => {
  const headers: Record<string, unknown> = {};
  headers.headers = headers;
  expect(waitInMembers(headers, now)).toBeUndefined();
});

test("the limit of a plan tells how long it lasts (earendil-works/pi#4172)", () => {
  const error = {
    type: "usage_limit_reached",
    message: "The usage limit has been reached",
    plan_type: "plus",
    resets_in_seconds: 13_872,
  };
  expect(judgeRefusal({ error }, { status: 429 })).toMatchObject({
    code: "QUOTA_EXHAUSTED",
    retryAfter: 13_872_000,
  });
});

// dirge-code/dirge#719, everruns/everruns#2280; a Cloudflare in front of a server tells it beside the words
test.each([
  [
    {
      error: {
        code: 429,
        message: "Rate limit exceeded: free-models-per-min",
        metadata: { headers: { "X-RateLimit-Reset": String(Date.now() + 3_600_000) } },
      },
    },
    3_600,
  ],
  [{ error_code: 1015, status: 429, detail: "You are rate-limited", retry_after: 30 }, 30],
])("%j is waited for", (body, wait) => {
  expect(Math.round((readRefusal(body).retryAfter ?? 0) / 60_000)).toBe(Math.round(wait / 60));
});
