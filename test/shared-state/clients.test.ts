import { execFileSync } from "node:child_process";
import { createGroq } from "@acc/groq";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import {
  hasRedisServer,
  type RedisServer,
} from "../../packages/server/test/support/redis-server.ts";
import { type LoopbackServer, startLoopbackServer } from "../../scripts/loopback-server.ts";
import { plays, refuses } from "../../scripts/vendor-answers.ts";
import { generous, twoMachines } from "./two-machines.ts";

vi.setConfig({ testTimeout: 60_000 });

const canary = "gsk_canary-0123456789-of-a-key";

describe.runIf(hasRedisServer())("clients of two machines", () => {
  let vendor: LoopbackServer;
  let said: string[];

  beforeEach(async () => {
    vendor = await startLoopbackServer(plays("groq", "ok"));
    said = [];
  });
  afterEach(() => vendor.close());

  const open = (state: NonNullable<Parameters<typeof createGroq>[0]>["state"]) => {
    const client = createGroq({
      apiKey: canary,
      baseUrl: vendor.url,
      only: "sdk",
      secrets: false,
      cache: false,
      retry: 0,
      ...(state && { state }),
      onEvent: (event) => {
        if (event.type === "state") said.push(event.state);
      },
    });
    onTestFinished(() => client.close());
    return client;
  };
  const scan = ({ url }: RedisServer) => {
    const cli = (...args: string[]) =>
      execFileSync("redis-cli", ["-p", new URL(url).port, ...args], { encoding: "utf8" });
    const keys = cli("--scan").trim().split("\n").filter(Boolean);
    return keys.map((key) => `${key} ${cli("HGETALL", key)}`).join("\n");
  };

  it("leave the vendor alone after one of them was refused, and tell Redis no secret", async () => {
    const { redis, one, other } = await twoMachines("node-redis");
    const error = { type: "rate_limit_exceeded", message: `Slow down with ${canary}.` };
    vendor.answer = refuses("groq", 429, error, { "retry-after": "60" });
    await expect(open(one).chat("first")).rejects.toMatchObject({ code: "RATE_LIMITED" });
    const spared = open(other);
    await expect.poll(() => scan(redis), generous).toContain("blockedUntil");
    await expect(spared.chat("second")).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect(vendor.requests).toHaveLength(1);
    expect(scan(redis)).not.toContain(canary);
  });

  it("leave a key alone that one of them was refused, and tell Redis no secret", async () => {
    const { redis, one } = await twoMachines("ioredis");
    const error = { type: "invalid_request_error", message: `The key ${canary} is revoked.` };
    vendor.answer = refuses("groq", 401, error);
    await expect(open(one).chat("first")).rejects.toMatchObject({ code: "AUTHENTICATION_FAILED" });
    await expect.poll(() => scan(redis), generous).toContain("AUTHENTICATION_FAILED");
    expect(scan(redis)).not.toContain(canary);
  });

  // BerriAI/litellm#35273: while Redis did not answer, no request did.
  it("answer while Redis is away, and tell when it went and came back", async () => {
    const { redis, one } = await twoMachines("node-redis");
    const client = open(one);
    expect((await client.chat("before")).text).toBe("ok");
    await redis.kill();
    const asked = async (times: number) => {
      expect((await client.chat(`and ${times}`)).text).toBe("ok");
      return said.at(-1);
    };
    let times = 0;
    await expect.poll(() => asked(times++), generous).toBe("away");
    await redis.start();
    await expect.poll(() => asked(times++), generous).toBe("back");
    expect(said).toEqual(["away", "back"]);
  });
});
