import { Redis } from "ioredis";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type CacheStore,
  filesStore,
  memoryStore,
  openCache,
  type RedisClient,
  redisStore,
} from "../src/index.ts";
import { testCacheStore } from "../src/testing.ts";
import { hasRedisServer, type RedisServer, startRedis } from "./support/redis-server.ts";
import { temporaryFolder } from "./support/temporary.ts";

const clients = {
  "node-redis": async (url: string) => {
    const client = createClient({ url });
    // Without a listener a lost connection would end the process.
    client.on("error", () => undefined);
    await client.connect();
    return { client, end: () => client.destroy() };
  },
  ioredis: async (url: string) => {
    const client = new Redis(url);
    client.on("error", () => undefined);
    return { client, end: () => client.disconnect() };
  },
};

describe.skipIf(!hasRedisServer()).each(Object.keys(clients) as (keyof typeof clients)[])(
  "redis by %s",
  (name) => {
    let server: RedisServer;
    let connection: { client: RedisClient; end: () => void };
    let serial = 0;
    const open = (): CacheStore => {
      return redisStore({ client: connection.client, prefix: `t*[${serial}` });
    };
    const openNext = (): CacheStore => {
      serial++;
      return open();
    };

    beforeAll(async () => {
      server = await startRedis();
      connection = await clients[name](server.url);
    });
    afterAll(async () => {
      connection?.end();
      await server?.stop();
    });

    testCacheStore(test, openNext, { reopen: open });

    test("memory in front of it, and another machine's cache behind", async () => {
      const here = openCache({ store: openNext() });
      const there = openCache({ store: open() });
      const cid = here.key({ name });
      expect(await here.set(cid, { a: 1 })).toBe(true);
      expect(await there.get(cid)).toMatchObject({ value: { a: 1 }, tier: "redis" });
      expect(there.get(cid)).toMatchObject({ value: { a: 1 }, tier: "memory" });
    });

    test("memory over disk over redis: what one lacks comes from the next, and stays", async () => {
      const directory = temporaryFolder();
      const shared = openNext();
      const there = openCache({ store: [shared] });
      const here = openCache({ store: [memoryStore(), filesStore({ directory }), shared] });
      const cid = there.key({ name });
      await there.set(cid, "answer");
      const tiers: unknown[] = [(await here.get(cid))?.tier, (await here.get(cid))?.tier];
      const next = openCache({ store: [memoryStore(), filesStore({ directory }), shared] });
      tiers.push((await next.get(cid))?.tier);
      expect(tiers).toEqual(["redis", "memory", "files"]);
      await Promise.all([there, here, next].map((cache) => cache.close()));
    });

    test("what calls were labelled with is counted for all machines", async () => {
      const caches = [openCache({ store: [openNext()] }), openCache({ store: [open()] })] as const;
      const cid = caches[0].key({ name });
      await caches[0].getOrCompute(cid, async () => 1, { cost: () => 0.5, label: "one.1" });
      await caches[0].stats();
      await caches[1].get(cid, { label: "one.1" });
      await caches[1].get(cid, { label: "constructor" });
      const { byLabel } = (await caches[1].stats()).total;
      expect(byLabel).toEqual({
        "one.1": { hits: 1, misses: 1, joined: 0, savedMs: expect.any(Number), savedCost: 0.5 },
        constructor: { hits: 1, misses: 0, joined: 0, savedMs: expect.any(Number), savedCost: 0.5 },
      });
      await Promise.all(caches.map((cache) => cache.close()));
    });

    test("an entry is gone from redis at the end of its life", async () => {
      const store = openNext();
      const cache = openCache({ store: [store] });
      const cid = cache.key({ name });
      await cache.set(cid, 1, { ttl: 40 });
      await expect.poll(() => store.get(cid), { timeout: 2000 }).toBeUndefined();
    });

    test("two caches compute once; the second has the answer soon after", async () => {
      const store = openNext();
      const caches = [openCache({ store }), openCache({ store: open() })];
      let runs = 0;
      const compute = async () => {
        runs++;
        await new Promise((resolve) => setTimeout(resolve, 100));
        return "answer";
      };
      const cid = caches[0]?.key({ name }) as string;
      const answers = await Promise.all(caches.map((cache) => cache.getOrCompute(cid, compute)));
      expect(runs).toBe(1);
      expect(answers.map(({ value }) => value)).toEqual(["answer", "answer"]);
    });
  },
);

describe.skipIf(!hasRedisServer()).each(Object.keys(clients) as (keyof typeof clients)[])(
  "redis in trouble, by %s",
  (name) => {
    test("a server that stops answering, and one that dies, cost a miss and never an exception", async () => {
      const server = await startRedis();
      const connection: { client: RedisClient; end: () => void } = await clients[name](server.url);
      const errors: string[] = [];
      const cache = openCache({
        store: [redisStore({ client: connection.client })],
        onEvent: (event) => event.type === "error" && errors.push(event.operation),
      });
      const cid = cache.key({ name });
      await cache.set(cid, 1);
      server.freeze();
      const started = performance.now();
      const slow = await cache.getOrCompute(cid, async () => 2);
      expect(slow).toMatchObject({ outcome: "computed", value: 2 });
      // One time-out, after which the store is left alone for a while.
      expect(performance.now() - started).toBeLessThan(1900);
      expect(errors).toContain("get");
      const dying = Promise.resolve(cache.get(cid));
      await server.kill();
      expect(await dying).toBeUndefined();
      await new Promise((resolve) => setTimeout(resolve, 1100));
      expect(await cache.set(cid, 3)).toBe(false);
      expect(await cache.getOrCompute(cid, async () => 4)).toMatchObject({ value: 4 });
      connection.end();
      await cache.close();
    });

    // gsd-build/gsd-2#1512, openresty/lua-resty-redis#279
    test("a server that answered while the program was busy is not blamed", async () => {
      const server = await startRedis();
      const connection: { client: RedisClient; end: () => void } = await clients[name](server.url);
      const errors: string[] = [];
      const cache = openCache({
        store: [redisStore({ client: connection.client })],
        onEvent: (event) => event.type === "error" && errors.push(event.operation),
      });
      const cid = cache.key({ name });
      await cache.set(cid, "paid for");
      const pending = cache.getOrCompute(cid, async () => "paid again");
      await new Promise((resolve) => setImmediate(resolve));
      const until = Date.now() + 1200;
      while (Date.now() < until);
      expect(await pending).toMatchObject({ outcome: "hit", value: "paid for" });
      expect(errors).toEqual([]);
      connection.end();
      await server.stop();
    });

    // logto-io/logto#8904
    test("a delete is tried even in a pause, and a set that is dropped in one is told", async () => {
      const server = await startRedis();
      const connection: { client: RedisClient; end: () => void } = await clients[name](server.url);
      const errors: string[] = [];
      const cache = openCache({
        store: [memoryStore(), redisStore({ client: connection.client })],
        onEvent: (event) => event.type === "error" && errors.push(event.operation),
      });
      const [cid, other] = [cache.key({ name }), cache.key({ other: name })];
      await cache.set(cid, "wrong");
      server.freeze();
      await cache.get(other);
      server.thaw();
      errors.length = 0;
      await cache.set(other, 1);
      expect(errors).toEqual(["set"]);
      expect(await cache.delete(cid)).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 1100));
      expect(await cache.get(cid)).toBeUndefined();
      connection.end();
      await server.stop();
    });

    // grafana/grafana#131917, shakacode/react_on_rails#5029
    test("a machine whose clock is wrong destroys nothing of the others", async () => {
      const server = await startRedis();
      const connection: { client: RedisClient; end: () => void } = await clients[name](server.url);
      const open = (skew: number) =>
        openCache({
          store: [redisStore({ client: connection.client })],
          now: () => Date.now() + skew,
        });
      const right = open(0);
      const cid = right.key({ name });
      await right.set(cid, "answer", { ttl: 1_800_000 });
      for (const skew of [-120_000, 3_600_000, 1e12]) {
        expect(await open(skew).get(cid)).toBeUndefined();
        expect(await right.get(cid)).toMatchObject({ value: "answer" });
      }
      connection.end();
      await server.stop();
    });
  },
);
