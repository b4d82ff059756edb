import { expect, test } from "vitest";
import { retryAfter } from "../../src/http/retry-after.ts";

const now = Date.UTC(2026, 10, 22, 12, 0, 0);

test.each([
  [{}, undefined],
  [{ "retry-after": "0" }, 0],
  [{ "retry-after": "30" }, 30_000],
  [{ "retry-after": " 1.5 " }, 1_500],
  [{ "Retry-After": "2" }, 2_000],
  [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
  [{ "retry-after-ms": "soon", "retry-after": "9" }, 9_000],
  [{ "retry-after": "Sun, 22 Nov 2026 12:00:10 GMT" }, 10_000],
  [{ "retry-after": "Sunday, 22-Nov-26 12:00:10 GMT" }, 10_000],
  [{ "retry-after": "Sun Nov 22 12:00:10 2026" }, 10_000],
  [{ "retry-after": "Sun, 22 Nov 2026 11:00:00 GMT" }, 0],
  [{ "retry-after": "-5" }, undefined],
  [{ "retry-after": "2026" }, 2_026_000],
  [{ "retry-after": "2026-11-22" }, undefined],
  [{ "retry-after": "later" }, undefined],
  // JustinBeckwith/linkinator#556
  [{ "retry-after": "30s" }, 30_000],
  [{ "retry-after": "1m30s" }, 90_000],
  [{ "retry-after": "2026-11-22T12:00:10Z" }, 10_000],
  // earendil-works/pi#9571, mastra-ai/mastra#23778
  [{ "retry-after": "Sun, 99 Foo 2026 12:00:10 GMT" }, undefined],
  [{ "retry-after": "+3" }, undefined],
  // everruns/everruns#2280
  [{ "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${now / 1000 + 33}` }, 33_000],
  [{ "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${now - 1}` }, undefined],
  [{ "x-ratelimit-remaining": "4", "x-ratelimit-reset": "33" }, undefined],
  [{ "retry-after": undefined }, undefined],
  [{ "retry-after": "2678400" }, 2_678_400_000],
  [{ "retry-after": "2678401" }, undefined],
  [{ "retry-after": "1796000000" }, undefined],
  [{ "retry-after": "9".repeat(400) }, undefined],
  [{ "retry-after-ms": "1796000000000", "retry-after": "9" }, undefined],
  [{ "retry-after": "Fri, 31 Dec 9999 23:59:59 GMT" }, undefined],
])("%j is %s ms", (headers, milliseconds) => {
  expect(retryAfter(headers, now)).toBe(milliseconds);
});

test("takes the headers of fetch too", () => {
  expect(retryAfter(new Headers({ "Retry-After": "3" }), now)).toBe(3_000);
  expect(retryAfter(new Headers(), now)).toBeUndefined();
});
