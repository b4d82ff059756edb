import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Access, Ask, Caller, Refusal, Reservation } from "../../src/index.ts";
import {
  type AccessOptions,
  addKey,
  createAccess,
  fileBudgets,
  fileKeys,
  type KeyOptions,
  revokeKey,
} from "../../src/index.ts";
import { temporaryFolder } from "../support/temporary.ts";

const ownerToken = "o".repeat(43);
const prices = { small: { input: 1, output: 2 }, large: { input: 10, output: 20 } };

const ask = (more: Partial<Ask> = {}): Ask => ({
  models: [{ provider: "p", model: "small" }],
  inputTokens: 1_000,
  maxOutputTokens: 1_000,
  ...more,
});

function open(more: Partial<AccessOptions> = {}) {
  const folder = temporaryFolder();
  const keys = fileKeys(`${folder}/keys`);
  const budgets = fileBudgets(`${folder}/budgets`);
  const access = createAccess({ ownerToken, keys, budgets, prices, ...more });
  onTestFinished(() => access.close());
  const enter = async (options: Partial<KeyOptions> = {}) => {
    const { token } = await addKey(keys, { name: "k", ...options });
    return (await access.identify(token)) as Caller;
  };
  return { access, keys, budgets, enter, folder };
}

async function taken(access: Access, caller: Caller, what: Ask = ask()): Promise<Reservation> {
  const found = await access.reserve(caller, what);
  expect(found).toHaveProperty("settle");
  return found as Reservation;
}

async function refused(access: Access, caller: Caller, what: Ask = ask()): Promise<Refusal> {
  const found = await access.reserve(caller, what);
  expect(found).toHaveProperty("code");
  return found as Refusal;
}

describe("who it is", () => {
  test("the owner, on this machine", async () => {
    const { access } = open();
    for (const remoteAddress of ["127.0.0.1", "::1", "::ffff:127.0.0.1", "127.8.9.1"]) {
      expect(await access.identify(ownerToken, { remoteAddress })).toEqual({ kind: "owner" });
    }
    expect(await access.identify(ownerToken)).toEqual({ kind: "owner" });
  });

  test("the owner's token serves nobody beyond it", async () => {
    const { access } = open();
    const refusal = { status: 403, code: "OWNER_TOKEN_REFUSED" };
    for (const remoteAddress of ["192.168.1.4", "::ffff:10.0.0.1", "2001:db8::1", "128.0.0.1"]) {
      expect(await access.identify(ownerToken, { remoteAddress })).toMatchObject(refusal);
    }
    const remote = createAccess({ ownerToken, ownerFrom: "nowhere" });
    const local = { remoteAddress: "127.0.0.1" };
    expect(await remote.identify(ownerToken, local)).toMatchObject(refusal);
  });

  test("a key, which has a tenant of its own or the one that it was given", async () => {
    const { access, keys, enter } = open();
    const alone = await enter();
    expect(alone).toMatchObject({ kind: "key", name: "k", tenant: expect.stringMatching(/^key:/) });
    for (const name of ["a", "b"]) {
      const { token } = await addKey(keys, { name, tenant: "team" });
      expect(await access.identify(token)).toMatchObject({ name, tenant: "team" });
    }
  });

  test.each([
    ["no token", undefined],
    ["an empty one", ""],
    ["one of another service", `sk-ant-${"a".repeat(60)}`],
    ["one of the right form", `sk-acc-${"0".repeat(16)}-${"a".repeat(43)}`],
    ["the beginning of the owner's", ownerToken.slice(0, -1)],
    ["one that leads out of the folder", `sk-acc-../../../../etc/x-${"a".repeat(43)}`],
  ])("nobody: %s", async (_, token) => {
    expect(await open().access.identify(token)).toMatchObject({
      status: 401,
      code: "INVALID_TOKEN",
    });
  });

  test("a key with another secret, an expired one and a revoked one are nobody's", async () => {
    const { access, keys } = open();
    const { token } = await addKey(keys, { name: "k", expiresAt: Date.now() + 60_000 });
    const last = token.at(-1) === "A" ? "B" : "A";
    expect(await access.identify(token.slice(0, -1) + last)).toMatchObject({ status: 401 });
    vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ["Date"] });
    expect(await access.identify(token)).toMatchObject({ status: 401, code: "KEY_EXPIRED" });
    vi.useRealTimers();
    expect(await access.identify(token)).toMatchObject({ name: "k" });
    expect(await revokeKey(keys, "k")).toBe(true);
    expect(await access.identify(token)).toMatchObject({ status: 401, code: "INVALID_TOKEN" });
  });

  test.each([["", "short", `${"a".repeat(40)} b`]])("an owner token %j is refused", (token) => {
    expect(() => createAccess({ ownerToken: token })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION" }),
    );
  });
});

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

describe("what cannot be looked up is refused", () => {
  // unkeyed/unkey#5365, #5282: open to all while the store is away.
  test("keys that cannot be read, and the owner is served", async () => {
    const failure = new Error("away");
    const heard: unknown[] = [];
    const { access, keys, enter } = open({ onError: (error) => heard.push(error) });
    const { token } = await addKey(keys, { name: "x" });
    const broken = createAccess({
      ownerToken,
      keys: { ...keys, find: () => Promise.reject(failure) },
      onError: (error) => heard.push(error),
    });
    expect(await broken.identify(token)).toMatchObject({
      status: 503,
      code: "ACCESS_UNAVAILABLE",
      retryAfter: 1_000,
    });
    expect(heard).toEqual([failure]);
    expect(await broken.identify(ownerToken)).toEqual({ kind: "owner" });
    expect(await access.reserve(await enter(), ask())).toHaveProperty("settle");
  });

  test("a budget that nobody keeps, and a caller whom this access does not know", async () => {
    const { keys } = open();
    const access = createAccess({ keys, prices });
    const { token } = await addKey(keys, { name: "x", budget: { usd: 1, per: "day" } });
    const caller = (await access.identify(token)) as Caller;
    expect(await refused(access, caller)).toMatchObject({ status: 503 });
    const forged: Caller = { kind: "key", id: "a", name: "a", tenant: "t" };
    expect(await refused(access, forged)).toMatchObject({ status: 503 });
  });
});
