import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  hasRedisServer,
  type RedisServer,
  startRedis,
} from "../../server/test/support/redis-server.ts";
import { type AccHome, emptyHome, testKey } from "./acc.ts";
import { startServe } from "./serve-process.ts";

const ownerToken = "the-token-of-an-owner-of-two-servers";
/** Seconds, longer than any call waits. */
const retryAfter = 3_600;

/** A vendor that has no room for an hour, for whatever it is asked. */
async function fullVendor() {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    request.resume().on("end", () => {
      const headers = { "content-type": "application/json", "retry-after": String(retryAfter) };
      response.writeHead(429, headers);
      const error = { type: "rate_limit_error", message: "Too many requests." };
      response.end(JSON.stringify({ type: "error", error }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, asked: () => asked, close };
}

// BerriAI/litellm#871: each process met the refusal that another had met already.
describe.runIf(hasRedisServer())("a vendor that refused one of two servers", () => {
  let vendor: Awaited<ReturnType<typeof fullVendor>>;
  let home: AccHome;
  const servers: RedisServer[] = [];

  beforeEach(async () => {
    [vendor, home] = await Promise.all([fullVendor(), emptyHome()]);
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    vendor.close();
    await home.remove();
  });

  const redisUrl = async () => {
    const redis = await startRedis();
    servers.push(redis);
    return redis.url;
  };
  const start = (redis: string) =>
    startServe(home, {
      args: ["--redis", redis],
      env: {
        ACC_SERVER_TOKEN: ownerToken,
        ANTHROPIC_API_KEY: testKey,
        ANTHROPIC_BASE_URL: vendor.url,
      },
    });
  const ask = async (url: string, content: string) => {
    const response = await fetch(`${url}/v1/messages`, {
      method: "POST",
      headers: { "x-api-key": ownerToken, "content-type": "application/json" },
      body: JSON.stringify({
        model: "claude/claude-haiku-4-5",
        max_tokens: 100,
        messages: [{ role: "user", content }],
      }),
    });
    await response.arrayBuffer();
    return { status: response.status, wait: Number(response.headers.get("retry-after")) };
  };

  it("is spared by both, and asked by one that shares nothing", { timeout: 90_000 }, async () => {
    const shared = await redisUrl();
    const [one, other] = await Promise.all([start(shared), start(shared)]);
    expect(await ask(one.url, "first")).toMatchObject({ status: 429 });
    expect(vendor.asked()).toBe(1);
    for (let call = 0; call < 5; call += 1) {
      const spared = await ask(other.url, `other ${call}`);
      expect(spared.status).toBe(429);
      expect(spared.wait).toBeGreaterThan(retryAfter - 120);
      // Some more is added by chance, so that not all come back at once.
      expect(spared.wait).toBeLessThan(retryAfter * 1.5);
    }
    expect((await ask(one.url, "again")).status).toBe(429);
    expect(vendor.asked()).toBe(1);
    const alone = await start(await redisUrl());
    expect((await ask(alone.url, "alone")).status).toBe(429);
    expect(vendor.asked()).toBe(2);
  });
});
