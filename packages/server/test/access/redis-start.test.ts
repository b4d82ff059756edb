import { describe, expect, onTestFinished, test } from "vitest";
import { redisBudgets, redisKeys } from "../../src/index.ts";
import { clientNames, connect } from "../support/redis-clients.ts";
import { hasRedisServer, startRedis } from "../support/redis-server.ts";

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

  test("what is not a client is refused by name", () => {
    for (const make of [redisKeys, redisBudgets]) {
      expect(() => make({} as never)).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
    }
  });
});
