import { describe, expect, test, vi } from "vitest";
import { ask, open, refused, taken } from "./open-access.ts";

describe("limits", () => {
  test("requests a minute, with the time until there is room", async () => {
    const { access, enter } = open();
    const caller = await enter({ rpm: 2 });
    await taken(access, caller);
    await taken(access, caller);
    const refusal = await refused(access, caller);
    expect(refusal).toMatchObject({ status: 429, code: "RATE_LIMITED" });
    expect(refusal.retryAfter).toBeGreaterThan(50_000);
    expect(refusal.retryAfter).toBeLessThanOrEqual(60_000);
  });

  // langwatch/langwatch#7805: a limit that is taken and not held.
  test("tokens a minute: the estimate before, what was used after", async () => {
    const { access, enter } = open();
    const caller = await enter({ tpm: 2_500 });
    const first = await taken(access, caller);
    await taken(access, caller);
    expect(await refused(access, caller)).toMatchObject({ status: 429, code: "RATE_LIMITED" });
    // What was refused has taken nothing.
    await taken(access, caller, ask({ inputTokens: 500 }));
    await first.settle({ cached: true });
    await taken(access, caller, ask({ inputTokens: 900 }));
  });

  test("tokens of an answer count, those from a vendor's cache do not", async () => {
    const { access, enter } = open();
    const caller = await enter({ tpm: 5_000 });
    const usage = { inputTokens: 100, outputTokens: 1_900, cacheReadTokens: 50_000 };
    await (await taken(access, caller)).settle({ cached: false, usage });
    await taken(access, caller, ask({ inputTokens: 3_000 }));
    expect(await refused(access, caller, ask({ inputTokens: 1 }))).toMatchObject({ status: 429 });
  });

  // BerriAI/litellm#24677: the minute before is carried into the next, which is refused for it.
  test("a minute that is over neither takes from the next nor gives to it", async () => {
    const { access, enter } = open();
    const caller = await enter({ tpm: 1_000 });
    const slow = await taken(access, caller);
    vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ["Date"] });
    await slow.settle({ cached: true });
    await taken(access, caller);
    expect(await refused(access, caller, ask({ inputTokens: 1 }))).toMatchObject({ status: 429 });
    vi.useRealTimers();
  });

  test("a request that no minute has room for is not told to wait", async () => {
    const { access, enter } = open();
    const refusal = await refused(access, await enter({ tpm: 999 }));
    expect(refusal).toMatchObject({ status: 413, code: "REQUEST_TOO_LARGE" });
    expect(refusal.retryAfter).toBeUndefined();
  });

  test("the owner has none", async () => {
    const { access } = open();
    const reservations = Array.from({ length: 100 }, () => taken(access, { kind: "owner" }));
    for (const one of await Promise.all(reservations)) await one.settle({ cached: false });
  });
});
