import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import {
  type Access,
  addKey,
  type Caller,
  createAccess,
  type KeyOptions,
  redisBudgets,
  redisKeys,
  redisLimits,
  revokeKey,
} from "../../src/index.ts";
import { type Connection, clientNames, connect } from "../support/redis-clients.ts";
import { hasRedisServer, type RedisServer, startRedis } from "../support/redis-server.ts";

const ownerToken = "o".repeat(43);
const prices = { small: { input: 1, output: 2 } };
const ask = {
  models: [{ provider: "p", model: "small" }],
  inputTokens: 1_000,
  maxOutputTokens: 1_000,
};
const unavailable = { status: 503, code: "ACCESS_UNAVAILABLE" };
const isTaken = (found: object) => "settle" in found;

describe.skipIf(!hasRedisServer()).each(clientNames)("access in Redis by %s", (name) => {
  let server: RedisServer;
  let serial = 0;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server?.stop());

  function accessOf({ client }: Connection, prefix: string) {
    const options = { prefix };
    const keys = redisKeys(client, options);
    const budgets = redisBudgets(client, options);
    const limits = redisLimits(client, options);
    return { keys, access: createAccess({ ownerToken, keys, budgets, limits, prices }) };
  }

  /** Two servers of one Redis, and a key that both know. */
  async function two(more: Partial<KeyOptions> = {}) {
    serial += 1;
    const connections = await Promise.all([connect[name](server.url), connect[name](server.url)]);
    const [here, there] = connections.map((one) => accessOf(one, `t${serial}`)) as [
      ReturnType<typeof accessOf>,
      ReturnType<typeof accessOf>,
    ];
    onTestFinished(async () => {
      await Promise.all([here.access.close(), there.access.close()]);
      for (const connection of connections) connection.end();
    });
    const { token } = await addKey(here.keys, { name: "k", ...more });
    const enter = async (access: Access) => (await access.identify(token)) as Caller;
    return { here, there, token, enter };
  }

  const spent = async (access: ReturnType<typeof accessOf>["access"]) =>
    (await access.uses())[0]?.budget?.spentUsd;

  test("a key of one server is the other's, until either revokes it", async () => {
    const { here, there, token } = await two();
    expect(await there.access.identify(token)).toMatchObject({ name: "k" });
    await revokeKey(there.keys, "k");
    expect(await here.access.identify(token)).toMatchObject({ status: 401 });
  });

  test("requests and tokens a minute are counted for both", async () => {
    const { here, there, enter } = await two({ rpm: 7, tpm: 5_000 });
    const [one, other] = [await enter(here.access), await enter(there.access)];
    const tries = Array.from({ length: 8 }, (_, index) =>
      index % 2 === 0 ? here.access.reserve(one, ask) : there.access.reserve(other, ask),
    );
    const all = await Promise.all(tries);
    expect(all.filter(isTaken)).toHaveLength(5);
    const refusals = all.filter((found) => !isTaken(found));
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ status: 429, code: "RATE_LIMITED" });
    }
    const told = refusals.map((refusal) => ("message" in refusal ? refusal.message : ""));
    expect(told.filter((message) => message.includes("7 requests"))).toHaveLength(1);
  });

  test("what was estimated is given back on the other", async () => {
    const { here, there, enter } = await two({ tpm: 1_000 });
    const found = await here.access.reserve(await enter(here.access), ask);
    const caller = await enter(there.access);
    expect(await there.access.reserve(caller, ask)).toMatchObject({ status: 429 });
    if ("settle" in found) await found.settle({ cached: true });
    expect(await there.access.reserve(caller, ask)).toHaveProperty("settle");
  });

  test("a budget is spent once, by whichever server", async () => {
    const { here, there, enter } = await two({ budget: { usd: 0.03, per: "day" } });
    const [one, other] = [await enter(here.access), await enter(there.access)];
    const tries = Array.from({ length: 30 }, (_, index) =>
      index % 2 === 0 ? here.access.reserve(one, ask) : there.access.reserve(other, ask),
    );
    const all = await Promise.all(tries);
    expect(all.filter(isTaken)).toHaveLength(10);
    expect(await spent(here.access)).toBe(0.03);
    expect(await there.access.reserve(other, ask)).toMatchObject({ status: 402 });
    for (const found of all) {
      if ("settle" in found) await found.settle({ cached: false, costUsd: 0.001 });
    }
    expect(await spent(there.access)).toBe(0.01);
  });

  test("while Redis is away keys are refused at once and the owner is served; nothing is lost", async () => {
    const { here, there, token, enter } = await two({ rpm: 99, budget: { usd: 1, per: "month" } });
    const caller = await enter(here.access);
    const calls = [await here.access.reserve(caller, ask), await here.access.reserve(caller, ask)];
    await server.kill();
    onTestFinished(() => server.start());
    await vi.waitFor(async () => {
      const start = performance.now();
      expect(await here.access.identify(token)).toMatchObject(unavailable);
      expect(performance.now() - start).toBeLessThan(500);
    }, 5_000);
    for (let time = 0; time < 20; time += 1) {
      expect(await here.access.reserve(caller, ask)).toMatchObject(unavailable);
    }
    expect(await here.access.identify(ownerToken)).toEqual({ kind: "owner" });
    expect(await here.access.reserve({ kind: "owner" }, ask)).toHaveProperty("settle");
    // A call ends while nobody can be told.
    const [first] = calls as [(typeof calls)[0]];
    if ("settle" in first) await first.settle({ cached: false, costUsd: 0.001 });
    await server.start();
    const sum = 0.001 + 0.003;
    await vi.waitFor(async () => expect(await spent(there.access)).toBe(sum), 5_000);
    await vi.waitFor(
      async () => expect(await here.access.reserve(caller, ask)).toHaveProperty("settle"),
      5_000,
    );
    expect(await spent(there.access)).toBeCloseTo(sum + 0.003, 9);
  });

  test("a Redis that is killed under load has each entry that was told, and no other", async () => {
    const { here, there, enter } = await two({ budget: { usd: 1_000, per: "month" } });
    const caller = await enter(here.access);
    let taken = 0;
    const worker = async () => {
      while (isTaken(await here.access.reserve(caller, ask))) taken += 1;
    };
    const work = Promise.all(Array.from({ length: 16 }, worker));
    await vi.waitFor(() => expect(taken).toBeGreaterThan(100), 10_000);
    onTestFinished(() => server.start());
    await server.kill();
    await work;
    await server.start();
    // What was under way and not told is given back.
    await vi.waitFor(
      async () => expect(await spent(there.access)).toBeCloseTo(taken * 0.003, 9),
      8_000,
    );
  });

  test("a Redis that does not answer refuses in time, and takes nothing when it goes on", async () => {
    const { here, there, token, enter } = await two({ budget: { usd: 1, per: "month" } });
    const caller = await enter(here.access);
    server.freeze();
    onTestFinished(() => server.thaw());
    const start = performance.now();
    const all = await Promise.all(
      Array.from({ length: 5 }, () => here.access.reserve(caller, ask)),
    );
    const identified = await here.access.identify(token);
    expect(performance.now() - start).toBeLessThan(4_000);
    server.thaw();
    for (const found of [...all, identified]) expect(found).toMatchObject(unavailable);
    await vi.waitFor(async () => expect(await spent(there.access)).toBe(0), 5_000);
  });
});

describe.skipIf(!hasRedisServer())("at the start", () => {
  test.each([
    ["nothing is told of a Redis that loses nothing", [], []],
    [
      "that entries may be lost is told",
      ["--appendfsync", "everysec"],
      [/appendfsync everysec.*may be lost/],
    ],
    ["that nothing is kept is told", ["--appendonly", "no"], [/appendonly no/]],
    [
      "that Redis may forget is told",
      ["--maxmemory", "100mb", "--maxmemory-policy", "volatile-lru"],
      [/volatile-lru.*may forget/],
    ],
  ])("%s", async (_, settings, warnings) => {
    const server = await startRedis(...settings);
    onTestFinished(() => server.stop());
    for (const name of clientNames) {
      const connection = await connect[name](server.url);
      const told = await redisBudgets(connection.client).check();
      expect(told).toEqual(warnings.map((warning) => expect.stringMatching(warning)));
      connection.end();
    }
  });

  test("a user who may not run scripts is told so", async () => {
    const server = await startRedis();
    onTestFinished(() => server.stop());
    const connection = await connect.ioredis(server.url);
    onTestFinished(() => connection.end());
    await (connection.client as { call(...args: string[]): Promise<unknown> }).call(
      "ACL",
      "SETUSER",
      "default",
      "-eval",
    );
    await expect(redisBudgets(connection.client).check()).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
  });

  test("what is no client is refused by name", () => {
    for (const make of [redisKeys, redisBudgets]) {
      expect(() => make({} as never)).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
    }
  });
});
