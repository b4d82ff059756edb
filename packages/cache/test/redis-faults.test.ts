import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memoryStore, openCache, type RedisClient, redisStore } from "../src/index.ts";
import { hasRedisServer, type RedisServer, startRedis } from "./support/redis-server.ts";

describe.skipIf(!hasRedisServer())("what others do to a redis", () => {
  let server: RedisServer;
  let client: ReturnType<typeof createClient>;
  let prefix = 0;
  const next = () => `faults${prefix++}`;
  const send = (...args: string[]) => client.sendCommand(args);
  const redis = (name: string, by: RedisClient = client) =>
    redisStore({ client: by, prefix: name });

  beforeAll(async () => {
    server = await startRedis();
    client = createClient({ url: server.url });
    client.on("error", () => undefined);
    await client.connect();
  });
  afterAll(async () => {
    client?.destroy();
    await server?.stop();
  });

  // redis/redis#6252: who caches in front of Redis has to learn that it was flushed
  test("memory forgets what was flushed, also where nothing was ever invalidated", async () => {
    const name = next();
    await openCache({ store: [redis(name)] }).getOrCompute(key(1), async () => "answer");
    const cache = openCache({ store: [memoryStore(), redis(name)] });
    await cache.get(key(1));
    expect(await cache.get(key(1))).toMatchObject({ tier: "memory" });
    await send("FLUSHALL");
    await expect.poll(() => cache.get(key(1)), { timeout: 2000 }).toBeUndefined();
  });

  test("a note that no cache wrote counts as everything", async () => {
    const name = next();
    const cache = openCache({ store: [memoryStore(), redis(name)] });
    await cache.set(key(1), "answer");
    await send("DEL", `${name}:record:${key(1)}`);
    await send("XADD", `${name}:notes`, "*", "foo", "bar");
    await expect.poll(() => cache.get(key(1)), { timeout: 2000 }).toBeUndefined();
  });

  // redis/redis#2746
  test("out of memory, a new value leaves no old one for the others", async () => {
    const name = next();
    const cache = openCache({ store: [memoryStore(), redis(name)] });
    await cache.set(key(1), "old");
    await send("CONFIG", "SET", "maxmemory", "1");
    try {
      await cache.set(key(1), "new");
      expect(await openCache({ store: [redis(name)] }).get(key(1))).toBeUndefined();
    } finally {
      await send("CONFIG", "SET", "maxmemory", "0");
    }
  });

  // redis/redis#6800
  test.each([1e17, 1e21, Number.MAX_VALUE])("a life of %d ms is kept", async (ttl) => {
    const cache = openCache({ store: [redis(next())] });
    expect(await cache.set(key(1), "answer", { ttl })).toBe(true);
    expect(await cache.get(key(1))).toMatchObject({ value: "answer" });
  });

  // redis/node-redis#2172: version 4 takes returnBuffers, and gives strings without it
  test("a client of version 4 gives the bytes too", async () => {
    const four = {
      sendCommand: (args: readonly (string | Buffer)[], options: { returnBuffers?: true } = {}) =>
        client.sendCommand(args, options.returnBuffers && { typeMapping: { 36: Buffer } }),
    };
    const cache = openCache({ store: [redis(next(), four)] });
    await cache.set(key(1), "ünïcode");
    expect(await cache.get(key(1))).toMatchObject({ value: "ünïcode" });
  });
});

function key(question: number): string {
  return openCache({ store: memoryStore() }).key({ question });
}
