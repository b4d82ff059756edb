import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { openCache } from "@acc/cache";
import { describe, expect, it } from "vitest";
import { eachTestAnew } from "./each-test-anew.ts";

const { home, claudeEnv } = eachTestAnew();

describe("acc cache", () => {
  const ask = (prompt: string) => home.acc(["chat", "-p", "claude", prompt], { env: claudeEnv() });
  const json = async (...args: string[]) =>
    JSON.parse((await home.acc(["cache", ...args, "--json"])).stdout);

  it("counts hits, misses and time by calls alone, in all and by provider", async () => {
    await ask("one");
    await ask("one");
    await ask("two");
    // Groq has no key.
    await home.acc(["chat", "-p", "groq,claude", "three"], { env: claudeEnv() });
    await home.acc(["cache", "list"]);
    const { hits, misses, byProvider, total } = await json("stats");
    expect({ hits, misses }).toEqual({ hits: 1, misses: 4 });
    const { savedMs } = total;
    expect(savedMs).toBeGreaterThan(0);
    const none = { joined: 0, savedCost: 0 };
    expect(byProvider).toEqual({
      claude: { ...none, hits: 1, misses: 3, savedMs, kept: 3 },
      groq: { ...none, hits: 0, misses: 1, savedMs: 0, kept: 0 },
    });
    const { stdout } = await home.acc(["cache", "stats"]);
    expect(stdout).toMatch(/5 asked, 20 % answered from the cache\nhits +█+ 1\nmisses +█+ 4\n/);
    expect(stdout).toMatch(/time saved {2}\d/);
    const head = /\n\nprovider +hits +misses +saved +kept +hits █ misses ░\n/;
    expect(stdout).toMatch(head);
    const rows = stdout.split(head)[1];
    expect(rows).toMatch(/^claude +1 +3 +\d+\.\d s +3 +█+░+\ngroq +0 +1 +0\.0 s +0 +░+\n$/);
  });

  it("tells of other programs' calls under their labels, and of theirs without one in all", async () => {
    const env = { ACC_CACHE_DIR: join(home.path, "cache") };
    await home.acc(["chat", "-p", "claude", "one"], { env: { ...claudeEnv(), ...env } });
    await using cache = openCache({ directory: env.ACC_CACHE_DIR });
    const long = "x".repeat(64);
    for (const label of ["__proto__", "constructor", long, undefined]) {
      await cache.get(cache.key({ question: 1 }), { label });
    }
    await cache.close();
    const { stdout } = await home.acc(["cache", "stats"], { env });
    expect(stdout).toMatch(/^5 asked, 0 %/);
    const rows = stdout.split("\n").slice(-6, -1);
    expect(rows.map((row) => row.split(/ +/).slice(0, 3).join(" "))).toEqual([
      expect.stringMatching(/^provider/),
      "__proto__ 0 1",
      "claude 0 1",
      "constructor 0 1",
      `${"x".repeat(15)}… 0 1`,
    ]);
    const { stdout: told } = await home.acc(["cache", "stats", "--json"], { env });
    const { misses, byProvider } = JSON.parse(told);
    expect(misses).toBe(5);
    expect(Object.keys(byProvider)).toEqual(["__proto__", "claude", "constructor", long]);
  });

  it("lists and shows an answer by the start of its CID", async () => {
    await ask("one");
    const { answers } = await json("list");
    expect(answers).toMatchObject([{ provider: "claude", mode: "sdk", text: expect.any(String) }]);
    const { stdout: list } = await home.acc(["cache", "list"]);
    expect(list).toContain(answers[0].cid.slice(0, 24));
    expect(list).toMatch(/A decorator is .*\S…\n$/);
    const { code, stdout } = await home.acc(["cache", "show", answers[0].cid.slice(0, 20)]);
    expect([code, stdout]).toEqual([0, expect.stringContaining(answers[0].text)]);
    const none = await home.acc(["cache", "show", "bafyreinone", "--json"]);
    expect([none.code, JSON.parse(none.stderr).error.code]).toEqual([1, "NOT_FOUND"]);
  });

  it("verifies, prunes and clears", async () => {
    await ask("one");
    expect(await json("verify")).toMatchObject({ checked: 1, sound: 1, damaged: 0 });
    expect(await json("prune")).toEqual({ expired: 0, evicted: 0 });
    expect(await json("clear")).toEqual({ removed: 1 });
    expect(await json("list")).toEqual({ answers: [] });
  });

  // symfony/symfony#39890, laravel/framework#33310: a clear that clears nothing must not look like one
  it("ends with 1 and says why where a store did not clear", async () => {
    const directory = join(home.path, "open");
    mkdirSync(directory);
    chmodSync(directory, 0o777);
    const env = { ACC_CACHE_DIR: directory };
    const { code, stderr } = await home.acc(["cache", "clear"], { env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/Not removed by the store \w+ .*chmod 700 .*\(NOT_REMOVED\)/s);
    const told = await home.acc(["cache", "clear", "--json"], { env });
    const { error } = JSON.parse(told.stderr);
    expect([told.code, error.code]).toEqual([1, "NOT_REMOVED"]);
    expect(error.failed).toEqual([expect.stringMatching(/^(sqlite|files)$/)]);
  });

  it("refuses a relative ACC_CACHE_DIR with the reason, and doctor says what to do", async () => {
    const env = { ACC_CACHE_DIR: ".acc-cache" };
    for (const word of ["clear", "list", "stats"]) {
      const { code, stderr } = await home.acc(["cache", word], { env });
      expect([code, stderr]).toEqual([2, expect.stringContaining("must be an absolute path")]);
    }
    const { findings } = JSON.parse((await home.acc(["doctor", "--json"], { env })).stdout);
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: "CACHE_UNAVAILABLE",
        fix: "Give an absolute path in ACC_CACHE_DIR, or unset it.",
      }),
    );
    expect(existsSync(join(home.path, ".acc-cache"))).toBe(false);
  });
});
