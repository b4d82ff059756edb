import { execFileSync } from "node:child_process";
import { sharedState } from "@acc/dual-mode/shared-state";
import { describe, expect, it, vi } from "vitest";
import { clientNames } from "../../packages/server/test/support/redis-clients.ts";
import { hasRedisServer } from "../../packages/server/test/support/redis-server.ts";
import { generous, twoMachines } from "./two-machines.ts";

vi.setConfig({ testTimeout: 60_000 });

const nobody = { size: 0 };
const failure = { code: "QUOTA_EXHAUSTED", message: "Nothing is left." } as const;
const end = (ms: number) => ({ failure, until: performance.now() + ms });

it("refuses what is not a client of Redis, and says what it takes", () => {
  expect(() => sharedState({} as never)).toThrow(/needs a Redis client/);
});

describe.runIf(hasRedisServer()).each(clientNames)("a state shared by %s", (name) => {
  // BerriAI/litellm#871: each process met the refusal that another had met already.
  it("tells a machine of the cooldown that another met, with the time that is left of it", async () => {
    const { one, other } = await twoMachines(name);
    await one.credential("key").refresh();
    one.credential("key").cool("sdk", "a-model", end(60_000));
    await expect
      .poll(async () => {
        await other.credential("key").refresh();
        return other.credential("key").cooling("sdk", "a-model")?.failure.code;
      }, generous)
      .toBe("QUOTA_EXHAUSTED");
    // BerriAI/litellm#35104: what was read from Redis began its time anew.
    const found = other.credential("key").cooling("sdk", "a-model");
    expect((found?.until ?? Number.NaN) - performance.now()).toBeLessThanOrEqual(65_000);
    expect(other.credential("key").cooling("sdk", "another-model")).toBeUndefined();
    expect(other.credential("another key").cooling("sdk", "a-model")).toBeUndefined();
  });

  // BerriAI/litellm#40130: a second refusal left the first, shorter end as it was.
  it("keeps the later of two ends of a cooldown", async () => {
    const { one, other } = await twoMachines(name);
    await Promise.all([one.credential("key").refresh(), other.credential("key").refresh()]);
    one.credential("key").cool("sdk", "", end(1_000));
    other.credential("key").cool("sdk", "", end(600_000));
    one.credential("key").cool("sdk", "", end(2_000));
    const left = async () => {
      await one.credential("key").refresh();
      return (one.credential("key").cooling("sdk", "")?.until ?? 0) - performance.now();
    };
    await expect.poll(left, generous).toBeGreaterThan(300_000);
  });

  it("spares a machine the refusal that another was given", async () => {
    const { one, other } = await twoMachines(name);
    await one.credential("key").refresh();
    const limits = one.credential("key").limits("a-model", nobody, () => {});
    const window = limits.release(performance.now());
    limits.refused(window, 30_000, performance.now());
    const spared = other.credential("key").limits("a-model", nobody, () => {});
    const blocked = async () => {
      await other.credential("key").refresh();
      return spared.readyAt(performance.now(), Number.POSITIVE_INFINITY) - performance.now();
    };
    await expect.poll(blocked, generous).toSatisfy((wait) => wait > 15_000 && wait < 40_000);
  });

  it("has each process begin with another key of a pool", async () => {
    const { one, other } = await twoMachines(name);
    const turns = await Promise.all([one.turn("pool"), other.turn("pool"), one.turn("pool")]);
    expect(turns.toSorted()).toEqual([1, 2, 3]);
  });

  // SGrondin/bottleneck#118: scripts were not known any more to a Redis that had been started anew.
  it("goes on alone while Redis is away, says so, and shares again once it is back", async () => {
    const { redis, one, other } = await twoMachines(name);
    await one.credential("key").refresh();
    await redis.kill();
    await expect
      .poll(async () => {
        await one.credential("key").refresh();
        return one.away;
      }, generous)
      .toBeDefined();
    const limits = one.credential("key").limits("a-model", nobody, () => {});
    const now = performance.now();
    expect(limits.readyAt(now, Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(now);
    one.credential("key").cool("sdk", "", end(600_000));
    expect(one.credential("key").cooling("sdk", "")).toBeDefined();
    await redis.start();
    const both = async () => {
      await Promise.all([one.credential("key").refresh(), other.credential("key").refresh()]);
      one
        .credential("key")
        .limits("a-model", nobody, () => {})
        .readyAt(performance.now(), 0);
      return one.away === undefined && other.credential("key").cooling("sdk", "") !== undefined;
    };
    await expect.poll(both, generous).toBe(true);
  });

  it("is back for all keys where one is answered", async () => {
    const { redis, one } = await twoMachines(name);
    await redis.kill();
    const away = async () => {
      await one.credential("key").refresh();
      return one.away;
    };
    await expect.poll(away, generous).toBeDefined();
    await redis.start();
    const another = async () => {
      await one.credential("another key").refresh();
      return one.away;
    };
    await expect.poll(another, generous).toBeUndefined();
  });

  // animir/node-rate-limiter-flexible#315: a Redis that does not answer held each call.
  it("waits for a Redis that does not answer no longer than it is told to", async () => {
    const { redis, one } = await twoMachines(name, 100);
    await one.credential("another key").refresh();
    redis.freeze();
    await one.credential("key").refresh();
    expect(one.away).toMatch(/100 ms|not/);
    expect(await one.turn("pool")).toBe(0);
    redis.thaw();
    await expect
      .poll(async () => {
        await one.credential("key").refresh();
        one
          .credential("key")
          .limits("a-model", nobody, () => {})
          .readyAt(performance.now(), 0);
        return one.away;
      }, generous)
      .toBeUndefined();
  });

  it("takes what is none of its texts for nothing", async () => {
    const { redis, one } = await twoMachines(name);
    await one.credential("key").refresh();
    one.credential("key").cool("sdk", "", end(600_000));
    const port = new URL(redis.url).port;
    const cli = (...args: string[]) =>
      execFileSync("redis-cli", ["-p", port, ...args], { encoding: "utf8" }).trim();
    await expect.poll(() => cli("--scan"), generous).toContain("acc:state:key:");
    cli(
      "HSET",
      cli("--scan"),
      "version",
      "theirs",
      "text",
      '{"form":1,"limits":[7],"cooldowns":{"a":1}}',
    );
    await expect
      .poll(async () => {
        await one.credential("key").refresh();
        return one.credential("key").cooling("sdk", "");
      }, generous)
      .toBeUndefined();
    expect(one.away).toBeUndefined();
  });
});
