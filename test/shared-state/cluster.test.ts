import { setTimeout as sleep } from "node:timers/promises";
import type { RedisClient } from "@acc/cache";
import { sharedState } from "@acc/dual-mode/shared-state";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { clusterNames, connectCluster } from "../../packages/cache/test/support/redis-clusters.ts";
import {
  hasRedisServer,
  type RedisServer,
  startCluster,
} from "../../packages/cache/test/support/redis-server.ts";
import { generous, patience } from "./two-machines.ts";

vi.setConfig({ testTimeout: 60_000 });

describe.runIf(hasRedisServer())("a state in a cluster", () => {
  let servers: readonly RedisServer[] = [];

  beforeAll(async () => {
    servers = await startCluster();
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
  });

  const open = async (name: (typeof clusterNames)[number]) => {
    const { client, end } = await connectCluster[name](servers);
    onTestFinished(end);
    return sharedState(client as RedisClient, { patience });
  };

  it.each(clusterNames)("by %s shares keys of all slots", async (name) => {
    const [one, other] = [await open(name), await open(name)];
    const failure = { code: "QUOTA_EXHAUSTED", message: "Nothing is left." } as const;
    const keys = Array.from({ length: 12 }, (_, at) => `${name} ${at}`);
    await Promise.all(keys.map((key) => one.credential(key).refresh()));
    expect(one.away).toBeUndefined();
    for (const key of keys) {
      one.credential(key).cool("sdk", "", { failure, until: performance.now() + 600_000 });
    }
    const known = async () => {
      await Promise.all(keys.map((key) => other.credential(key).refresh()));
      return keys.filter((key) => other.credential(key).cooling("sdk", "") !== undefined);
    };
    await expect.poll(known, generous).toEqual(keys);
    expect(await one.turn(name)).toBe(1);
    expect(await other.turn(name)).toBe(2);
  });

  it.each(clusterNames)(
    "by %s spares a machine the refusals that another was given",
    async (name) => {
      const [one, other] = [await open(name), await open(name)];
      const keys = Array.from({ length: 12 }, (_, at) => `refused ${name} ${at}`);
      await Promise.all(keys.map((key) => one.credential(key).refresh()));
      for (const key of keys) {
        const limits = one.credential(key).limits("a-model", { size: 0 }, () => {});
        limits.refused(limits.release(performance.now()), 600_000, performance.now());
      }
      const waits = async () => {
        await Promise.all(keys.map((key) => other.credential(key).refresh()));
        return keys.map((key) => {
          const spared = other.credential(key).limits("a-model", { size: 0 }, () => {});
          const now = performance.now();
          return spared.readyAt(now, Number.POSITIVE_INFINITY) - now;
        });
      };
      const areLong = (all: readonly number[]) =>
        all.every((wait) => wait > 300_000 && wait < 700_000);
      await expect.poll(waits, generous).toSatisfy(areLong);
      expect(other.away).toBeUndefined();
    },
  );

  it("is away while one of its servers is, and not in turns, and back with all", async () => {
    const { client, end } = await connectCluster.ioredis(servers);
    onTestFinished(end);
    const one = sharedState(client as RedisClient, { patience: 500 });
    const keys = Array.from({ length: 12 }, (_, at) => `partly ${at}`);
    await Promise.all(keys.map((key) => one.credential(key).refresh()));
    const [dead] = servers;
    dead?.freeze();
    onTestFinished(() => dead?.thaw());
    await sleep(100);
    await Promise.all(keys.map((key) => one.credential(key).refresh()));
    await expect.poll(() => one.away, generous).toBeDefined();
    for (let round = 0; round < 3; round += 1) {
      for (const key of keys) {
        await sleep(10);
        await one.credential(key).refresh();
        expect(one.away).toBeDefined();
      }
    }
    dead?.thaw();
    // Those that were away are asked by themselves; whoever goes on asks one that never was.
    const back = async () => {
      await Promise.all(keys.map((key) => one.credential(key).refresh()));
      return one.away;
    };
    await expect.poll(back, generous).toBeUndefined();
  });
});
