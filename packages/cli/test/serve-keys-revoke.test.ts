import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { hasRedisServer, startRedis } from "../../server/test/support/redis-server.ts";
import { homeAnew } from "./home-anew.ts";

const home = homeAnew();

const placeOf = () => join(home.path, ".config", "acc", "server");

const outcomes = async (of = "key-revoke") => {
  const lines = (await readFile(join(placeOf(), "audit.jsonl"), "utf8")).trim().split("\n");
  const events = lines.map((line) => JSON.parse(line));
  return events.filter(({ action }) => action === of).map(({ outcome }) => outcome);
};

const timeout = 60_000;

it("acc serve keys revoke takes a key away whose record is damaged, or another's is, and list names it", {
  timeout,
}, async () => {
  await home.acc(["serve", "keys", "add", "damaged"]);
  const folder = join(placeOf(), "keys");
  const [file = ""] = await readdir(folder);
  await writeFile(join(folder, file), "{");
  await home.acc(["serve", "keys", "add", "whole"]);
  const listed = await home.acc(["serve", "keys", "list"]);
  expect(listed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^whole /m) });
  expect(listed.stderr).toContain(`${join(folder, file)} has no key that can be read`);
  const { keys, damaged } = JSON.parse(
    (await home.acc(["serve", "keys", "list", "--json"])).stdout,
  );
  expect([keys.length, damaged]).toEqual([1, [expect.stringContaining(file)]]);
  const revoke = async (name: string) => (await home.acc(["serve", "keys", "revoke", name])).code;
  expect(await revoke("whole")).toBe(0);
  expect(await readdir(folder)).toEqual([file]);
  expect(await revoke("damaged")).toBe(0);
  expect(await readdir(folder)).toEqual([]);
  expect(await revoke("damaged")).not.toBe(0);
  expect(await outcomes()).toEqual(["ok", "ok", "KEY_NOT_FOUND"]);
});

it.runIf(hasRedisServer())(
  "acc serve keys revoke writes down that it could not",
  {
    timeout,
  },
  async () => {
    const redis = await startRedis();
    try {
      const run = (...args: readonly string[]) =>
        home.acc(["serve", "keys", ...args, "--redis", redis.url]);
      await run("add", "ci");
      redis.cli("CONFIG", "SET", "min-replicas-to-write", "1");
      const refused = await run("revoke", "ci");
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("NOREPLICAS")]);
      redis.cli("CONFIG", "SET", "min-replicas-to-write", "0");
      expect((await run("revoke", "ci")).code).toBe(0);
      expect(await outcomes()).toEqual(["ok", "UNAVAILABLE", "ok"]);
    } finally {
      await redis.stop();
    }
  },
);

it("acc serve keys add writes down that the name is taken", { timeout }, async () => {
  const add = async (...more: readonly string[]) =>
    (await home.acc(["serve", "keys", "add", "ci", ...more])).code;
  expect([await add(), await add("--rpm", "60")]).toEqual([0, 1]);
  expect(await outcomes("key-add")).toEqual(["ok", "KEY_EXISTS"]);
});

it.runIf(hasRedisServer())(
  "acc serve keys add and revoke write down that Redis refused, or was away",
  { timeout },
  async () => {
    const redis = await startRedis();
    const run = async (...args: readonly string[]) =>
      (await home.acc(["serve", "keys", ...args, "--redis", redis.url])).code;
    try {
      redis.cli("CONFIG", "SET", "min-replicas-to-write", "1");
      expect(await run("add", "ci")).toBe(1);
      expect(await outcomes("key-add")).toEqual(["UNAVAILABLE"]);
    } finally {
      await redis.stop();
    }
    expect([await run("add", "ci"), await run("revoke", "ci")]).toEqual([1, 1]);
    const [[, added], [revoked]] = [await outcomes("key-add"), await outcomes()];
    expect(added).toMatch(/^[A-Z_]+$/);
    expect([revoked, added]).not.toContain("ok");
  },
);
