import { describe, expect, test, vi } from "vitest";
import type { Caller } from "../../src/index.ts";
import { addKey } from "../../src/index.ts";
import { ask, open, prices, refused, taken } from "./open-access.ts";

describe("a budget", () => {
  const budget = { usd: 0.01, per: "day" } as const;
  const spent = async (access: ReturnType<typeof open>["access"]) =>
    (await access.uses())[0]?.budget?.spentUsd;

  test("is taken before the call, by the dearest model, and settled after it", async () => {
    const { access, enter } = open();
    const caller = await enter({ budget: { usd: 1, per: "month" } });
    const chain = [
      { provider: "p", model: "small" },
      { provider: "q", model: "large" },
    ];
    const call = await taken(access, caller, ask({ models: chain }));
    expect(await spent(access)).toBe(0.03);
    const usage = { inputTokens: 800, outputTokens: 100 };
    await call.settle({ cached: false, provider: "p", model: "small", usage });
    expect(await spent(access)).toBe(0.001);
    await call.settle({ cached: false, costUsd: 9 });
    expect(await spent(access)).toBe(0.001);
  });

  // BerriAI/litellm#26672, #23714: spent beyond it by calls at the same time.
  test("is not overspent by calls at once, and each is told how much is left", async () => {
    const { access, enter } = open();
    const caller = await enter({ budget });
    const all = await Promise.all(Array.from({ length: 20 }, () => access.reserve(caller, ask())));
    expect(all.filter((one) => "settle" in one)).toHaveLength(3);
    const refusal = await refused(access, caller);
    expect(refusal).toMatchObject({ status: 402, code: "BUDGET_EXHAUSTED" });
    expect(refusal.message).toContain("$0.001000 is left");
    const midnight = new Date().setUTCHours(24, 0, 0, 0);
    expect(refusal.retryAfter).toBeCloseTo(midnight - Date.now(), -4);
  });

  // BerriAI/litellm#27735: refused by a sum that is no longer so.
  test("has room again as soon as calls cost less than was taken", async () => {
    const { access, enter } = open();
    const caller = await enter({ budget });
    const calls = [
      await taken(access, caller),
      await taken(access, caller),
      await taken(access, caller),
    ];
    await refused(access, caller);
    await calls[0]?.settle({ cached: false, costUsd: 0.000_5 });
    await taken(access, caller);
  });

  test.each([
    [
      "what a vendor reported",
      { costUsd: 0.0021, usage: { inputTokens: 1, outputTokens: 1 } },
      0.0021,
    ],
    ["what a CLI reported", { usage: { cost: 0.0022 } }, 0.0022],
    [
      "the tokens by their prices",
      { provider: "p", model: "small", usage: { inputTokens: 10, outputTokens: 5 } },
      0.000_02,
    ],
    ["nothing from the cache", { cached: true, usage: { inputTokens: 10, outputTokens: 5 } }, 0],
    ["nothing where no model was at work", { failed: true }, 0],
    ["what was taken, where nobody knows", {}, 0.003],
    [
      "what was taken, where the model that answered has no price",
      { provider: "p", model: "new", usage: { inputTokens: 1, outputTokens: 1 } },
      0.003,
    ],
    [
      "what was taken, where tokens were not told",
      { provider: "p", model: "small", usage: {} },
      0.003,
    ],
    ["more than was taken, where it was more", { costUsd: 0.5 }, 0.5],
  ])("counts %s", async (_, used, usd) => {
    const { access, enter } = open();
    const call = await taken(access, await enter({ budget }));
    await call.settle({ cached: false, ...used });
    expect(await spent(access)).toBe(usd);
  });

  test("bounds the output of a call that names no bound", async () => {
    const { access, enter } = open({ defaultMaxOutputTokens: 2_000 });
    const caller = await enter({ budget });
    const unbounded = { models: ask().models, inputTokens: 1_000 };
    expect((await taken(access, caller, unbounded)).maxOutputTokens).toBe(2_000);
    expect(await spent(access)).toBe(0.005);
    expect((await taken(access, caller)).maxOutputTokens).toBeUndefined();
  });

  test.each([
    ["a model without a price", [{ provider: "p", model: "new" }], prices],
    [
      "a chain in which one has none",
      [
        { provider: "p", model: "small" },
        { provider: "p", model: "new" },
      ],
      prices,
    ],
    ["a model that is not named", [{ provider: "p" }], prices],
    ["any, where there are no prices", [{ provider: "p", model: "small" }], {}],
    ["any, where the prices are no numbers", [{ provider: "p", model: "small" }], () => Number.NaN],
    [
      "any, where the prices throw",
      [{ provider: "p", model: "small" }],
      () => {
        throw new Error("no");
      },
    ],
  ])("refuses %s", async (_, models, given) => {
    const { access, enter } = open({ prices: given });
    const refusal = await refused(access, await enter({ budget, rpm: 5 }), ask({ models }));
    expect(refusal).toMatchObject({ status: 403, code: "MODEL_WITHOUT_PRICE" });
  });

  // trailofbits/buttercup#550, BerriAI/litellm#22726
  test("is the key's alone: another key and the owner are not held by it", async () => {
    const { access, keys, enter } = open();
    const poor = await enter({ budget: { usd: 0.000_001, per: "day" } });
    await refused(access, poor);
    const { token } = await addKey(keys, { name: "other" });
    await taken(access, (await access.identify(token)) as Caller);
    await taken(access, { kind: "owner" });
  });

  test("that no period has room for is not told to wait for the next", async () => {
    const { access, enter } = open();
    const refusal = await refused(access, await enter({ budget: { usd: 0.001, per: "day" } }));
    expect(refusal.status).toBe(402);
    expect(refusal.retryAfter).toBeUndefined();
  });

  test("begins anew with its period, and a call counts for the one that it began in", async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 30, 23, 59), toFake: ["Date"] });
    const { access, enter } = open();
    const caller = await enter({ budget });
    const late = await taken(access, caller);
    await taken(access, caller);
    vi.setSystemTime(Date.UTC(2026, 11, 1, 0, 1));
    expect(await spent(access)).toBe(0);
    await late.settle({ cached: false, costUsd: 0.000_5 });
    expect(await spent(access)).toBe(0);
    vi.setSystemTime(Date.UTC(2026, 10, 30, 23, 59));
    expect(await spent(access)).toBe(0.003_5);
    vi.useRealTimers();
  });

  test("gives back what limits had taken where it refuses", async () => {
    const { access, enter } = open();
    const caller = await enter({ tpm: 1_500, budget: { usd: 0.000_001, per: "day" } });
    for (let time = 0; time < 3; time += 1) {
      expect(await refused(access, caller)).toMatchObject({ code: "BUDGET_EXHAUSTED" });
    }
  });
});
