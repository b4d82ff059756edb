import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import {
  type Access,
  type AccessState,
  addKey,
  type Caller,
  createAccess,
  hasKey,
  type KeyOptions,
  redisBudgets,
  redisKeys,
  redisLimits,
  revokeKey,
} from "../../src/index.ts";
import { type Connection, clientNames, connect } from "../support/redis-clients.ts";
import { hasRedisServer, type RedisServer, startRedis } from "../support/redis-server.ts";
import { ask, isTaken } from "./redis-access.ts";

const ownerToken = "o".repeat(43);
const prices = { small: { input: 1, output: 2 } };

const unavailable = { status: 503, code: "ACCESS_UNAVAILABLE" };

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
    const states: AccessState[] = [];
    const onState = (state: AccessState) => states.push(state);
    const access = createAccess({ ownerToken, keys, budgets, limits, prices, onState });
    return { keys, access, states };
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

  /** Asks as a call would, which is how a server learns of it. */
  const backAgain = async ({ access }: ReturnType<typeof accessOf>) => {
    await access.uses();
    expect(access.away).toBeUndefined();
  };

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

  test("Redis is told no token, neither of a key nor of the owner", async () => {
    const { here, token, enter } = await two({
      rpm: 9,
      tpm: 9_000,
      budget: { usd: 1, per: "day" },
    });
    const found = await here.access.reserve(await enter(here.access), ask);
    if ("settle" in found) await found.settle({ cached: false, costUsd: 0.001 });
    await here.access.identify(ownerToken);
    await here.access.identify(`${token.slice(0, -4)}none`);
    const cli = (...args: string[]) =>
      execFileSync("redis-cli", ["-u", server.url, ...args], { encoding: "utf8" });
    const names = cli("--scan", "--pattern", `t${serial}:*`).trim().split("\n");
    expect(names).toHaveLength(4);
    const kept = names.map((each) => `${each} ${cli("TYPE", each)} ${contentsOf(cli, each)}`);
    const secret = token.slice(-43);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(kept.join()).toContain('"name":"k"');
    for (const each of [token, secret, ownerToken]) expect(kept.join()).not.toContain(each);
  });

  test("while Redis is away keys with a budget are refused at once and the owner is served; nothing is lost", async () => {
    const { here, there, token, enter } = await two({ rpm: 99, budget: { usd: 1, per: "month" } });
    const caller = await enter(here.access);
    const calls = [await here.access.reserve(caller, ask), await here.access.reserve(caller, ask)];
    await server.kill();
    onTestFinished(() => server.start());
    await vi.waitFor(async () => {
      const start = performance.now();
      expect(await here.access.reserve(caller, ask)).toMatchObject(unavailable);
      expect(performance.now() - start).toBeLessThan(500);
    }, 5_000);
    for (let time = 0; time < 20; time += 1) {
      expect(await here.access.reserve(caller, ask)).toMatchObject(unavailable);
    }
    // A key that this server has read is known; the other has not.
    expect(await here.access.identify(token)).toMatchObject({ name: "k" });
    expect(await there.access.identify(token)).toMatchObject(unavailable);
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

  test("while Redis is away limits go on by machine from what was known last, and both are told", async () => {
    const { here, there, token, enter } = await two({ rpm: 10 });
    const [one, other] = [await enter(here.access), await enter(there.access)];
    const took = async (access: Access, caller: Caller, times: number) => {
      const all = Array.from({ length: times }, () => access.reserve(caller, ask));
      return (await Promise.all(all)).filter(isTaken).length;
    };
    expect(await took(there.access, other, 4)).toBe(4);
    expect(await took(here.access, one, 2)).toBe(2);
    await server.kill();
    onTestFinished(() => server.start());
    await vi.waitFor(async () => {
      await here.access.identify(token);
      expect(here.access.away).toMatch(/^Redis /);
    }, 5_000);
    expect(await here.access.identify(token)).toMatchObject({ name: "k" });
    // Here six of the ten were known, there the four of its own.
    expect(await took(here.access, one, 20)).toBe(4);
    expect(await took(there.access, other, 20)).toBe(6);
    expect(await here.access.reserve(one, ask)).toMatchObject({ status: 429 });
    expect(here.states).toEqual([{ state: "away", reason: here.access.away }]);
    await server.start();
    await vi.waitFor(async () => {
      await Promise.all([here.access.identify(token), there.access.identify(token)]);
      expect([here.access.away, there.access.away]).toEqual([undefined, undefined]);
    }, 5_000);
    expect(here.states.map(({ state }) => state)).toEqual(["away", "back"]);
    expect(there.states.map(({ state }) => state)).toEqual(["away", "back"]);
    // What either let through alone counts for both.
    expect(await took(here.access, one, 1)).toBe(0);
    expect(await took(there.access, other, 1)).toBe(0);
  });

  test("what comes at once in a minute of which nothing is known is counted for both afterwards", async () => {
    const { here, there, enter } = await two({ rpm: 10 });
    const [one, other] = [await enter(here.access), await enter(there.access)];
    await server.kill();
    onTestFinished(() => server.start());
    const took = async (access: Access, caller: Caller, times: number) => {
      const all = Array.from({ length: times }, () => access.reserve(caller, ask));
      return (await Promise.all(all)).filter(isTaken).length;
    };
    expect(await took(here.access, one, 6)).toBe(6);
    await server.start();
    await vi.waitFor(() => backAgain(here), 10_000);
    await vi.waitFor(() => backAgain(there), 10_000);
    expect(await took(here.access, one, 1)).toBe(1);
    expect(await took(there.access, other, 20)).toBe(3);
  });

  test("what Redis counts late is counted once", async () => {
    const { here, there, enter } = await two({ rpm: 10 });
    const [one, other] = [await enter(here.access), await enter(there.access)];
    server.freeze();
    onTestFinished(() => server.thaw());
    expect(await here.access.reserve(one, ask)).toHaveProperty("settle");
    expect(here.access.away).toContain("did not answer");
    server.thaw();
    await vi.waitFor(() => backAgain(here), 10_000);
    const rest = Array.from({ length: 12 }, (_, index) =>
      index % 2 === 0 ? here.access.reserve(one, ask) : there.access.reserve(other, ask),
    );
    expect((await Promise.all(rest)).filter(isTaken)).toHaveLength(9);
  });

  test("a process that was busy for a while does not take Redis for away", async () => {
    const { here, token, enter } = await two({ rpm: 1_000 });
    const caller = await enter(here.access);
    const busy = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
    for (const turns of [0, 1, 2]) {
      const asked = Promise.all([here.access.identify(token), here.access.reserve(caller, ask)]);
      for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
      busy();
      await asked;
    }
    expect(here.states).toEqual([]);
  });

  test("a Redis that refuses to write is there: what needs it is refused, and nothing tells of away and back", async () => {
    const { here, token, enter } = await two({ rpm: 1_000, budget: { usd: 1, per: "month" } });
    const caller = await enter(here.access);
    const refusing = [
      ["maxmemory", "1", "0"],
      ["min-replicas-to-write", "1", "0"],
    ] as const;
    onTestFinished(() => {
      for (const [setting, , usual] of refusing) server.cli("CONFIG", "SET", setting, usual);
      server.cli("REPLICAOF", "NO", "ONE");
    });
    const refused = async () => {
      for (let time = 0; time < 3; time += 1) {
        expect(await here.access.reserve(caller, ask)).toMatchObject(unavailable);
        expect(await here.access.identify(token)).toMatchObject({ name: "k" });
      }
    };
    for (const [setting, full, usual] of refusing) {
      server.cli("CONFIG", "SET", setting, full);
      await refused();
      server.cli("CONFIG", "SET", setting, usual);
      expect(await here.access.reserve(caller, ask)).toHaveProperty("settle");
    }
    server.cli("REPLICAOF", "127.0.0.1", "1");
    await refused();
    expect(here.states).toEqual([]);
    // One that has lost the Redis it copies, and says so to each command, will be there again.
    server.cli("CONFIG", "SET", "replica-serve-stale-data", "no");
    onTestFinished(() => void server.cli("CONFIG", "SET", "replica-serve-stale-data", "yes"));
    expect(await here.access.identify(token)).toMatchObject({ name: "k" });
    expect(here.access.away).toContain("MASTERDOWN");
  });

  test("a key is known for its time and no longer, and one that was revoked is not", async () => {
    const { here, token } = await two();
    await revokeKey(here.keys, "k");
    const { token: again } = await addKey(here.keys, { name: "again" });
    const connection = await connect[name](server.url);
    onTestFinished(() => connection.end());
    const strict = createAccess({
      keys: redisKeys(connection.client, { prefix: `t${serial}`, knownFor: 0 }),
    });
    for (const access of [here.access, strict]) {
      expect(await access.identify(token)).toMatchObject({ status: 401 });
      expect(await access.identify(again)).toMatchObject({ name: "again" });
    }
    await server.kill();
    onTestFinished(() => server.start());
    await vi.waitFor(
      async () => expect(await strict.identify(again)).toMatchObject(unavailable),
      5_000,
    );
    expect(await here.access.identify(again)).toMatchObject({ name: "again" });
    expect(await here.access.identify(token)).toMatchObject(unavailable);
  });

  test("a key that was revoked is not known any more, though it was looked up just then or Redis is away", async () => {
    const { here, token } = await two();
    const { token: other } = await addKey(here.keys, { name: "other" });
    for (const each of [token, other]) {
      expect(await here.access.identify(each)).toHaveProperty("name");
    }
    const all = [here.access.identify(token), revokeKey(here.keys, "k")];
    expect(await Promise.all(all)).toEqual([expect.objectContaining({ name: "k" }), true]);
    await server.kill();
    onTestFinished(() => server.start());
    await vi.waitFor(async () => {
      expect(await here.access.identify(other)).toMatchObject({ name: "other" });
      expect(here.access.away).toBeDefined();
    }, 5_000);
    expect(await here.access.identify(token)).toMatchObject(unavailable);
    expect(await hasKey(here.keys, "other")).toBe(true);
    await expect(revokeKey(here.keys, "other")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await here.access.identify(other)).toMatchObject(unavailable);
    expect(await hasKey(here.keys, "other")).toBe(true);
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

  test("a Redis that does not answer keeps budgets closed, and takes nothing when it goes on", async () => {
    const { here, there, token, enter } = await two({ budget: { usd: 1, per: "month" } });
    const caller = await enter(here.access);
    server.freeze();
    onTestFinished(() => server.thaw());
    const all = await Promise.all(
      Array.from({ length: 5 }, () => here.access.reserve(caller, ask)),
    );
    for (const found of all) expect(found).toMatchObject(unavailable);
    expect(await here.access.identify(token)).toMatchObject({ name: "k" });
    server.thaw();
    await vi.waitFor(async () => expect(await spent(there.access)).toBe(0), 5_000);
  });

  test("a Redis that does not answer is waited for by one call, and not by each", async () => {
    const { here, token, enter } = await two({ rpm: 1_000 });
    const caller = await enter(here.access);
    expect(await here.access.reserve(caller, ask)).toHaveProperty("settle");
    server.freeze();
    onTestFinished(() => server.thaw());
    await here.access.identify(token);
    expect(here.access.away).toContain("did not answer");
    const start = performance.now();
    for (let time = 0; time < 100; time += 1) {
      expect(await here.access.reserve(caller, ask)).toHaveProperty("settle");
    }
    // Each would have waited for a second.
    expect(performance.now() - start).toBeLessThan(50_000);
    server.thaw();
    await vi.waitFor(async () => {
      await here.access.identify(token);
      expect(here.access.away).toBeUndefined();
    }, 5_000);
  }, 60_000);
});

function contentsOf(cli: (...args: string[]) => string, name: string): string {
  return cli("TYPE", name).trim() === "hash" ? cli("HGETALL", name) : cli("GET", name);
}
