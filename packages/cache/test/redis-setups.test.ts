import { Cluster, Redis } from "ioredis";
import { createClient, createClientPool, createCluster, createSentinel } from "redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memoryStore, openCache, type RedisClient, redisStore } from "../src/index.ts";
import { testCacheStore } from "../src/testing.ts";
import {
  hasRedisServer,
  type RedisServer,
  redisCli,
  startCluster,
  startRedis,
  startSentinel,
} from "./support/redis-server.ts";

/** The servers of a setup, the one that is spoken to first. */
type Servers = readonly RedisServer[];

interface Connection {
  readonly client: RedisClient;
  readonly end: () => void;
}

interface Setup {
  readonly start: () => Promise<Servers>;
  readonly connect: (servers: Servers) => Promise<Connection>;
}

const one = async (): Promise<Servers> => [await startRedis()];
const watched = async (): Promise<Servers> => {
  const server = await startRedis();
  return [await startSentinel(server), server];
};
const portOf = (servers: Servers): number => servers[0]?.port ?? 0;
const nodesOf = (servers: Servers) => servers.map(({ port }) => ({ host: "127.0.0.1", port }));
const ofIoredis = (client: Redis | Cluster): Connection => {
  client.on("error", () => undefined);
  return { client, end: () => client.disconnect() };
};
const ofNodeRedis = async <T extends { connect(): Promise<unknown>; destroy(): unknown }>(
  client: T & RedisClient,
): Promise<Connection> => {
  await client.connect();
  return { client, end: () => void client.destroy() };
};

const setups: Readonly<Record<string, Setup>> = {
  // redis/ioredis#1923, #1526
  "ioredis with keyPrefix and enableAutoPipelining": {
    start: one,
    connect: async (servers) =>
      ofIoredis(new Redis(portOf(servers), { keyPrefix: "a[*:", enableAutoPipelining: true })),
  },
  "a cluster of ioredis": {
    start: startCluster,
    connect: async (servers) => ofIoredis(new Cluster(nodesOf(servers))),
  },
  "a cluster of ioredis with keyPrefix and enableAutoPipelining": {
    start: startCluster,
    connect: async (servers) =>
      ofIoredis(new Cluster(nodesOf(servers), { keyPrefix: "a:", enableAutoPipelining: true })),
  },
  "a cluster of node-redis": {
    start: startCluster,
    connect: async (servers) => {
      const rootNodes = servers.map(({ url }) => ({ url }));
      return ofNodeRedis(createCluster({ rootNodes }));
    },
  },
  "a sentinel by ioredis": {
    start: watched,
    connect: async (servers) =>
      ofIoredis(new Redis({ sentinels: nodesOf(servers.slice(0, 1)), name: "main" })),
  },
  "a sentinel by node-redis": {
    start: watched,
    connect: async (servers) =>
      ofNodeRedis(
        createSentinel({ name: "main", sentinelRootNodes: nodesOf(servers.slice(0, 1)) }),
      ),
  },
  "a pool of node-redis": {
    start: one,
    connect: async ([server]) => ofNodeRedis(createClientPool({ url: server?.url ?? "" })),
  },
  "RESP3 by node-redis": {
    start: one,
    connect: async ([server]) => ofNodeRedis(createClient({ url: server?.url ?? "", RESP: 3 })),
  },
  "a user who may run no scripts": {
    start: async () => {
      const server = await startRedis();
      redisCli(server, "ACL", "SETUSER", "app", "on", ">word", "~*", "+@all", "-@scripting");
      return [server];
    },
    connect: async (servers) =>
      ofIoredis(new Redis(portOf(servers), { username: "app", password: "word" })),
  },
};

describe.skipIf(!hasRedisServer()).each(Object.keys(setups))("redis: %s", (name) => {
  const { start, connect } = setups[name] as Setup;
  let servers: Servers = [];
  let connection: Connection | undefined;
  let serial = 0;
  const open = () =>
    redisStore({ client: connection?.client as RedisClient, prefix: `t*[${serial}` });
  const openNext = () => {
    serial++;
    return open();
  };

  beforeAll(async () => {
    servers = await start();
    connection = await connect(servers);
  }, 30_000);
  afterAll(async () => {
    connection?.end();
    await Promise.all(servers.map((server) => server.stop()));
  });

  testCacheStore(test, openNext, { reopen: open });

  // Julien-R44/bentocache#92, redisson/redisson#3153, strapi-community/plugin-rest-cache#168
  test("a tenant is cleared on every server, and what others keep in memory goes", async () => {
    const [here, there] = [
      openCache({ store: [memoryStore(), openNext()] }),
      openCache({ store: open() }),
    ] as const;
    const cids = Array.from({ length: 60 }, (_, index) => here.key({ index }));
    for (const cid of cids) await here.set(cid, 1, { tenant: "acme" });
    await here.set(cids[0] as string, 1);
    expect((await here.stats()).tiers[1]?.entries).toBe(61);
    expect(await there.clear({ tenant: "acme" })).toBe(60);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    for (const cid of cids) expect(await here.get(cid, { tenant: "acme" })).toBeUndefined();
    expect(await here.get(cids[0] as string)).toMatchObject({ value: 1 });
    await Promise.all([here, there].map((cache) => cache.close()));
  });

  // ZiggyCreatures/FusionCache#613, elixir-nebulex/nebulex#174, petarzarkov/dunx#117
  test("a read that is under way puts nothing back that is deleted meanwhile", async () => {
    const writer = openCache({ store: [openNext()] });
    const cache = openCache({ store: [memoryStore(), open()] });
    for (let index = 0; index < 20; index++) {
      const cid = cache.key({ index });
      await writer.set(cid, "old");
      const reading = cache.get(cid);
      expect(await cache.delete(cid)).toBe(true);
      await reading;
      expect(await cache.get(cid)).toBeUndefined();
    }
  });

  test("what was begun before another process replaced it is not stored after", async () => {
    const [here, there] = [openCache({ store: openNext() }), openCache({ store: open() })] as const;
    const cid = here.key({ name });
    const begun = here.getOrCompute(cid, async () => {
      await there.set(cid, "set after");
      return "begun before";
    });
    expect(await begun).toMatchObject({ value: "begun before" });
    expect((await openCache({ store: open() }).get(cid))?.value).toBe("set after");
  });
});

describe.skipIf(!hasRedisServer())("redis: a replica that may only be read", () => {
  test("gives what is there, and says of each change that it was not made", async () => {
    const main = await startRedis("--repl-diskless-sync-delay", "0");
    const replica = await startRedis("--replicaof", "127.0.0.1", String(main.port));
    const [writer, reader] = [new Redis(main.port), new Redis(replica.port)];
    const errors: string[] = [];
    try {
      const there = openCache({ store: [redisStore({ client: writer })] });
      const here = openCache({
        store: [memoryStore(), redisStore({ client: reader })],
        onEvent: (event) => event.type === "error" && errors.push(event.operation),
      });
      const cid = there.key({ a: 1 });
      await there.set(cid, "answer");
      await expect
        .poll(() => here.get(cid), { timeout: 10_000 })
        .toMatchObject({ value: "answer" });
      await expect(here.delete(cid)).rejects.toMatchObject({
        code: "NOT_REMOVED",
        failed: ["redis"],
      });
      expect(errors).toContain("delete");
      await there.delete(cid);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      expect(await here.get(cid)).toBeUndefined();
      const answer = await here.getOrCompute(cid, async () => "computed");
      expect(answer).toMatchObject({ outcome: "computed", value: "computed" });
    } finally {
      writer.disconnect();
      reader.disconnect();
      await Promise.all([replica.stop(), main.stop()]);
    }
  }, 20_000);
});
