import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { revokeKey } from "../../src/index.ts";
import { clientNames } from "../support/redis-clients.ts";
import { hasRedisServer } from "../support/redis-server.ts";
import { ask, isTaken } from "./redis-access.ts";
import { ownerToken, redisScene, spent } from "./redis-scene.ts";

describe.skipIf(!hasRedisServer()).each(clientNames)("access in Redis by %s", (name) => {
  const scene = redisScene(name);
  const { two } = scene;

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
    const { here, token, enter, prefix } = await two({
      rpm: 9,
      tpm: 9_000,
      budget: { usd: 1, per: "day" },
    });
    const found = await here.access.reserve(await enter(here.access), ask);
    if ("settle" in found) await found.settle({ cached: false, costUsd: 0.001 });
    await here.access.identify(ownerToken);
    await here.access.identify(`${token.slice(0, -4)}none`);
    const cli = (...args: string[]) =>
      execFileSync("redis-cli", ["-u", scene.server.url, ...args], { encoding: "utf8" });
    const names = cli("--scan", "--pattern", `${prefix}:*`).trim().split("\n");
    expect(names).toHaveLength(4);
    const kept = names.map((each) => `${each} ${cli("TYPE", each)} ${contentsOf(cli, each)}`);
    const secret = token.slice(-43);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(kept.join()).toContain('"name":"k"');
    for (const each of [token, secret, ownerToken]) expect(kept.join()).not.toContain(each);
  });
});

function contentsOf(cli: (...args: string[]) => string, name: string): string {
  return cli("TYPE", name).trim() === "hash" ? cli("HGETALL", name) : cli("GET", name);
}
