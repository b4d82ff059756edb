import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  hasRedisServer,
  type RedisServer,
  startRedis,
} from "../../server/test/support/redis-server.ts";
import { type AccHome, emptyHome } from "./acc.ts";
import { startServe } from "./serve-process.ts";

describe.runIf(hasRedisServer())("a Redis that wants a password", { timeout: 60_000 }, () => {
  const password = "pass@word/of:a#test%";
  const ofUser = "another-pass@word";
  let home: AccHome;
  let redis: RedisServer;
  beforeEach(async () => {
    const user = ["--user", "servers", "on", `>${ofUser}`, "~*", "&*", "+@all"];
    [home, redis] = await Promise.all([
      emptyHome(),
      startRedis("--requirepass", password, ...user),
    ]);
  });
  afterEach(async () => {
    await redis.stop();
    await home.remove();
  });

  const add = (name: string, env: Record<string, string>, url = redis.url) =>
    home.acc(["serve", "keys", "add", name, "--redis", url], { env });

  it("gets it from the environment, so that no argument has it", async () => {
    const env = { ACC_REDIS_PASSWORD: password, ACC_SERVER_TOKEN: "o".repeat(43) };
    const { child, url, said } = await startServe(home, { args: ["--redis", redis.url], env });
    if (process.platform === "linux") {
      const shown = await readFile(`/proc/${child.pid}/cmdline`, "utf8");
      expect(shown).toContain("--redis");
      expect(shown).not.toContain("pass");
    }
    const { stdout } = await add("ci", env);
    const headers = { authorization: `Bearer ${stdout.trim()}` };
    expect((await fetch(`${url}/v1/models`, { headers })).status).toBe(200);
    expect(said()).not.toContain("pass@word");
  });

  it("gets a user's too, whether the address names the user or not", async () => {
    const byName = { ACC_REDIS_USERNAME: "servers", ACC_REDIS_PASSWORD: ofUser };
    expect(await add("one", byName)).toMatchObject({ code: 0 });
    const address = redis.url.replace("//", "//servers@");
    expect(await add("two", { ACC_REDIS_PASSWORD: ofUser }, address)).toMatchObject({ code: 0 });
    const whole = redis.url.replace("//", `//servers:${encodeURIComponent(ofUser)}@`);
    expect(await add("three", { ACC_REDIS_PASSWORD: "other" }, whole)).toMatchObject({ code: 0 });
  });

  it.each([{}, { ACC_REDIS_PASSWORD: "wrong-pass@word" }])(
    "is told by its name where it is not given: %j",
    async (env) => {
      const { code, stdout, stderr } = await add("ci", env);
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toContain("REDIS_UNAVAILABLE");
      expect(stderr).toContain("ACC_REDIS_PASSWORD");
      expect(stderr).not.toContain("pass@word");
    },
  );
});
