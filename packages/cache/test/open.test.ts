import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import {
  CacheError,
  getGlobalCache,
  memoryStore,
  openCache,
  sqliteStore,
  sqliteSupported,
} from "../src/index.ts";
import { cacheDirectory } from "../src/store/directory.ts";
import { temporaryFolder } from "./support/temporary.ts";

test("ACC_CACHE_DIR says where the cache is, else the platform does", () => {
  vi.stubEnv("ACC_CACHE_DIR", "/somewhere/else");
  expect(cacheDirectory()).toBe("/somewhere/else");
  vi.stubEnv("ACC_CACHE_DIR", "");
  vi.stubEnv("XDG_CACHE_HOME", "/xdg");
  const expected = {
    linux: "/xdg/acc",
    darwin: join(homedir(), "Library/Caches/acc"),
  }[process.platform as "linux" | "darwin"];
  if (expected) expect(cacheDirectory()).toBe(expected);
});

test("to open a cache touches no disk; to use it does", async () => {
  const directory = join(temporaryFolder(), "cache");
  const cache = openCache({ directory });
  expect(existsSync(directory)).toBe(false);
  await cache.set(cache.key({}), 1);
  expect(existsSync(join(directory, sqliteSupported() ? "sqlite" : "files"))).toBe(true);
  await cache.close();
});

test("the global cache is one, and uses the folder that the environment names", async () => {
  const directory = temporaryFolder();
  vi.stubEnv("ACC_CACHE_DIR", directory);
  const cache = getGlobalCache();
  expect(getGlobalCache()).toBe(cache);
  expect(Reflect.get(globalThis, Symbol.for("@acc/cache.global@0"))).toBe(cache);
  await cache.set(cache.key({}), 1);
  expect(existsSync(join(directory, sqliteSupported() ? "sqlite" : "files"))).toBe(true);
  await cache.close();
  const next = getGlobalCache();
  expect(next).not.toBe(cache);
  expect(await next.get(next.key({}))).toMatchObject({ value: 1 });
  await next.close();
});

test("the default store of another platform's Node is refused with the remedy", () => {
  if (sqliteSupported()) expect(sqliteStore({ directory: "x" }).name).toBe("sqlite");
  else expect(() => sqliteStore({ directory: "x" })).toThrow(/Use filesStore/);
});

test("errors of another copy of the package are known", () => {
  const error = new CacheError("INVALID_OPTION", "x");
  expect(CacheError.is(error)).toBe(true);
  const foreign = Object.defineProperty(new Error("x"), Symbol.for("@acc/cache.error@0"), {
    value: true,
  });
  expect(CacheError.is(foreign)).toBe(true);
  expect(CacheError.is(new Error("x"))).toBe(false);
  expect(CacheError.is(null)).toBe(false);
});

test("memory keeps its bound, least recently used out first", async () => {
  const cache = openCache({ store: [memoryStore({ maxBytes: 100_000 })] });
  const cids = Array.from({ length: 100 }, (_, index) => cache.key({ index }));
  for (const cid of cids) {
    await cache.set(cid, "x".repeat(1000));
    expect(cache.get(cids[0] as string)).toBeDefined();
  }
  expect(cache.get(cids[1] as string)).toBeUndefined();
  const { tiers, session } = await cache.stats();
  expect(tiers[0]?.bytes).toBeLessThan(100_000);
  expect(session.evictions).toBeGreaterThan(40);
  expect(await cache.set(cids[5] as string, "x".repeat(100_000))).toBe(false);
  expect(cache.get(cids[5] as string)).toBeUndefined();
});

test("an entry that memory is too small for is on disk all the same", async () => {
  const cache = openCache({ directory: temporaryFolder(), memoryBytes: 2000 });
  const cid = cache.key({});
  expect(await cache.set(cid, "x".repeat(10_000))).toBe(true);
  expect((await cache.get(cid))?.tier).not.toBe("memory");
  await cache.close();
});

test("in memory too, a clock that goes back makes no entry live for ever", async () => {
  let now = Date.now();
  const cache = openCache({ store: [memoryStore()], ttl: 1000, now: () => now });
  const cid = cache.key({});
  await cache.set(cid, 1);
  now -= 3_600_000;
  expect(cache.get(cid)).toBeUndefined();
});
