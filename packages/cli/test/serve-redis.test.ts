import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type MockServer, startMockServer } from "../../../scripts/mock-server.ts";
import {
  hasRedisServer,
  type RedisServer,
  startRedis,
} from "../../server/test/support/redis-server.ts";
import { type AccHome, emptyHome, testKey } from "./acc.ts";
import { startServe } from "./serve-process.ts";

describe.runIf(hasRedisServer())("two of acc serve on one Redis", { timeout: 60_000 }, () => {
  let vendor: MockServer;
  let redis: RedisServer;
  let home: AccHome;
  const ownerToken = "the-token-of-an-owner-of-two-servers";

  beforeAll(async () => {
    vendor = await startMockServer({ latency: 20 });
  });
  afterAll(() => vendor.close());
  beforeEach(async () => {
    [home, redis] = await Promise.all([emptyHome(), startRedis()]);
    vendor.forget();
  });
  afterEach(async () => {
    await redis.stop();
    await home.remove();
  });

  const start = (...args: readonly string[]) =>
    startServe(home, {
      args: ["--redis", redis.url, ...args],
      env: {
        ACC_SERVER_TOKEN: ownerToken,
        ANTHROPIC_API_KEY: testKey,
        ANTHROPIC_BASE_URL: vendor.url,
      },
    });

  const ask = (url: string, token: string, content = "the same") =>
    fetch(`${url}/v1/messages`, {
      method: "POST",
      headers: { "x-api-key": token, "content-type": "application/json" },
      body: JSON.stringify({
        model: "claude/claude-haiku-4-5",
        max_tokens: 100,
        messages: [{ role: "user", content }],
      }),
    });

  it("asks once for what many ask both, and takes a key away from both", async () => {
    const servers = await Promise.all([start(), start()]);
    const keys = ["serve", "keys", "--redis", redis.url] as const;
    const { stdout } = await home.acc([...keys.slice(0, 2), "add", "ci", ...keys.slice(2)]);
    const token = stdout.trim();
    const calls = servers.flatMap(({ url }) => Array.from({ length: 50 }, () => ask(url, token)));
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(vendor.requests()).toHaveLength(1);
    await home.acc([...keys.slice(0, 2), "revoke", "ci", ...keys.slice(2)]);
    for (const { url } of servers) expect((await ask(url, token)).status).toBe(401);
  });

  it("goes on with keys it knows while Redis is away, refuses their budgets, and tells it", async () => {
    const { url, said } = await start();
    const add = async (...more: readonly string[]) => {
      const args = ["serve", "keys", "add", ...more, "--redis", redis.url];
      return (await home.acc(args)).stdout.trim();
    };
    const limited = await add("limited", "--rpm", "4");
    const paid = await add("paid", "--budget-usd", "5/day");
    for (const token of [limited, paid]) expect((await ask(url, token)).status).toBe(200);
    await redis.kill();
    await expect.poll(said, { timeout: 10_000 }).toContain("Redis is away");
    const statuses = [];
    for (let time = 0; time < 5; time += 1) {
      statuses.push((await ask(url, limited, `meanwhile ${time}`)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect((await ask(url, paid, "meanwhile, paid")).status).toBe(503);
    expect((await ask(url, ownerToken, "meanwhile, too")).status).toBe(200);
    const metrics = async () => {
      const headers = { authorization: `Bearer ${ownerToken}` };
      return (await fetch(`${url}/metrics`, { headers })).text();
    };
    expect(await metrics()).toContain("acc_shared_away 1");
    // BerriAI/litellm#8795, BerriAI/litellm#27305: health is told without a key, and no outage of a
    // Redis has every server started anew.
    expect((await fetch(`${url}/health`)).status).toBe(200);
    await redis.start();
    await expect.poll(said, { timeout: 10_000 }).toContain("Redis is back");
    expect(await metrics()).toContain("acc_shared_away 0");
    expect((await ask(url, paid, "again")).status).toBe(200);
  });

  it("says at the start where this Redis may lose budgets", async () => {
    const weak = await startRedis("--appendfsync", "no");
    const { said } = await startServe(home, {
      args: ["--redis", weak.url],
      env: { ACC_SERVER_TOKEN: ownerToken },
    });
    expect(said()).toContain("appendfsync no");
    await weak.stop();
  });
});
