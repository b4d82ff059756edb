import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Access, Caller } from "../../src/index.ts";
import { clientNames } from "../support/redis-clients.ts";
import { hasRedisServer } from "../support/redis-server.ts";
import { ask, isTaken } from "./redis-access.ts";
import { backAgain, ownerToken, redisScene, spent, unavailable } from "./redis-scene.ts";

describe.skipIf(!hasRedisServer()).each(clientNames)(
  "access in a Redis that is away by %s",
  (name) => {
    const scene = redisScene(name);
    const { two } = scene;

    test("while Redis is away keys with a budget are refused at once and the owner is served; nothing is lost", async () => {
      const { here, there, token, enter } = await two({
        rpm: 99,
        budget: { usd: 1, per: "month" },
      });
      const caller = await enter(here.access);
      const calls = [
        await here.access.reserve(caller, ask),
        await here.access.reserve(caller, ask),
      ];
      await scene.server.kill();
      onTestFinished(() => scene.server.start());
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
      await scene.server.start();
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
      await scene.server.kill();
      onTestFinished(() => scene.server.start());
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
      await scene.server.start();
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
      await scene.server.kill();
      onTestFinished(() => scene.server.start());
      const took = async (access: Access, caller: Caller, times: number) => {
        const all = Array.from({ length: times }, () => access.reserve(caller, ask));
        return (await Promise.all(all)).filter(isTaken).length;
      };
      expect(await took(here.access, one, 6)).toBe(6);
      await scene.server.start();
      await vi.waitFor(() => backAgain(here), 10_000);
      await vi.waitFor(() => backAgain(there), 10_000);
      expect(await took(here.access, one, 1)).toBe(1);
      expect(await took(there.access, other, 20)).toBe(3);
    });

    test("what Redis counts late is counted once", async () => {
      const { here, there, enter } = await two({ rpm: 10 });
      const [one, other] = [await enter(here.access), await enter(there.access)];
      scene.server.freeze();
      onTestFinished(() => scene.server.thaw());
      expect(await here.access.reserve(one, ask)).toHaveProperty("settle");
      expect(here.access.away).toContain("did not answer");
      scene.server.thaw();
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
        for (const [setting, , usual] of refusing)
          scene.server.cli("CONFIG", "SET", setting, usual);
        scene.server.cli("REPLICAOF", "NO", "ONE");
      });
      const refused = async () => {
        for (let time = 0; time < 3; time += 1) {
          expect(await here.access.reserve(caller, ask)).toMatchObject(unavailable);
          expect(await here.access.identify(token)).toMatchObject({ name: "k" });
        }
      };
      for (const [setting, full, usual] of refusing) {
        scene.server.cli("CONFIG", "SET", setting, full);
        await refused();
        scene.server.cli("CONFIG", "SET", setting, usual);
        expect(await here.access.reserve(caller, ask)).toHaveProperty("settle");
      }
      scene.server.cli("REPLICAOF", "127.0.0.1", "1");
      await refused();
      expect(here.states).toEqual([]);
      // One that has lost the Redis it copies, and says so to each command, will be there again.
      scene.server.cli("CONFIG", "SET", "replica-serve-stale-data", "no");
      onTestFinished(
        () => void scene.server.cli("CONFIG", "SET", "replica-serve-stale-data", "yes"),
      );
      expect(await here.access.identify(token)).toMatchObject({ name: "k" });
      expect(here.access.away).toContain("MASTERDOWN");
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
      onTestFinished(() => scene.server.start());
      await scene.server.kill();
      await work;
      await scene.server.start();
      // What was under way and not told is given back.
      await vi.waitFor(
        async () => expect(await spent(there.access)).toBeCloseTo(taken * 0.003, 9),
        8_000,
      );
    });

    test("a Redis that does not answer keeps budgets closed, and takes nothing when it goes on", async () => {
      const { here, there, token, enter } = await two({ budget: { usd: 1, per: "month" } });
      const caller = await enter(here.access);
      scene.server.freeze();
      onTestFinished(() => scene.server.thaw());
      const all = await Promise.all(
        Array.from({ length: 5 }, () => here.access.reserve(caller, ask)),
      );
      for (const found of all) expect(found).toMatchObject(unavailable);
      expect(await here.access.identify(token)).toMatchObject({ name: "k" });
      scene.server.thaw();
      await vi.waitFor(async () => expect(await spent(there.access)).toBe(0), 5_000);
    });

    test("a Redis that does not answer is waited for by one call, and not by each", async () => {
      const { here, token, enter } = await two({ rpm: 1_000 });
      const caller = await enter(here.access);
      expect(await here.access.reserve(caller, ask)).toHaveProperty("settle");
      scene.server.freeze();
      onTestFinished(() => scene.server.thaw());
      await here.access.identify(token);
      expect(here.access.away).toContain("did not answer");
      const start = performance.now();
      for (let time = 0; time < 100; time += 1) {
        expect(await here.access.reserve(caller, ask)).toHaveProperty("settle");
      }
      // Each would have waited for a second.
      expect(performance.now() - start).toBeLessThan(50_000);
      scene.server.thaw();
      await vi.waitFor(async () => {
        await here.access.identify(token);
        expect(here.access.away).toBeUndefined();
      }, 5_000);
    }, 60_000);
  },
);
