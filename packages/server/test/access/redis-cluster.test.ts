import { createSentinel } from "redis";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { clusterNames, connectCluster } from "../../../cache/test/support/redis-clusters.ts";
import {
  type RedisServer,
  redisCli,
  startCluster,
  startRedis,
  startSentinel,
} from "../../../cache/test/support/redis-server.ts";
import {
  addKey,
  type Caller,
  createAccess,
  type KeyOptions,
  redisBudgets,
  redisKeys,
  redisLimits,
} from "../../src/index.ts";
import { hasRedisServer } from "../support/redis-server.ts";

vi.setConfig({ testTimeout: 60_000 });

const prices = { small: { input: 1, output: 2 } };
const ask = {
  models: [{ provider: "p", model: "small" }],
  inputTokens: 1_000,
  maxOutputTokens: 1_000,
};
const isTaken = (found: object) => "settle" in found;

describe.runIf(hasRedisServer())("access in a cluster", () => {
  let servers: readonly RedisServer[] = [];
  let round = 0;
  beforeAll(async () => {
    servers = await startCluster();
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
  });

  const open = async (name: (typeof clusterNames)[number]) => {
    const { client, end } = await connectCluster[name](servers);
    const options = { prefix: name };
    const keys = redisKeys(client, options);
    const access = createAccess({
      keys,
      budgets: redisBudgets(client, options),
      limits: redisLimits(client, options),
      prices,
    });
    onTestFinished(async () => {
      await access.close();
      end();
    });
    return { keys, access };
  };

  /** Two servers that many keys are used at, in slots of all servers of the cluster. */
  const two = async (
    name: (typeof clusterNames)[number],
    limits: Partial<KeyOptions>,
    count = 8,
  ) => {
    round += 1;
    const own = `k${round}`;
    const [here, there] = [await open(name), await open(name)];
    const make = async (at: number) => {
      const { token } = await addKey(here.keys, { name: `${own}-${at}`, ...limits });
      const callers = [await here.access.identify(token), await there.access.identify(token)];
      const tries = async (times: number) => {
        const all = Array.from({ length: times }, (_, index) => {
          const { access } = index % 2 === 0 ? here : there;
          return access.reserve(callers[index % 2] as Caller, ask);
        });
        return Promise.all(all);
      };
      return { name: `${own}-${at}`, tries };
    };
    const each = await Promise.all(Array.from({ length: count }, (_, at) => make(at)));
    return { here, there, each };
  };

  // BerriAI/litellm#34732: several looked at what was spent before any of them had spent.
  it.each(clusterNames)("by %s spends a budget once, by whichever server", async (name) => {
    const { there, each } = await two(name, { budget: { usd: 0.03, per: "day" } });
    const spent = async (key: string) =>
      (await there.access.uses()).find((use) => use.name === key)?.budget?.spentUsd;
    await Promise.all(
      each.map(async ({ name: key, tries }) => {
        const all = await tries(20);
        expect(all.filter(isTaken)).toHaveLength(10);
        expect(all.filter((found) => !isTaken(found))[0]).toMatchObject({ status: 402 });
        expect(await spent(key)).toBe(0.03);
        for (const found of all) {
          if ("settle" in found) await found.settle({ cached: false, costUsd: 0.001 });
        }
        expect(await spent(key)).toBe(0.01);
      }),
    );
  });

  // BerriAI/litellm#30460: what Redis did not answer in time was counted, and never given back.
  it.each(clusterNames)(
    "by %s refuses budgets of a server that is away, and counts no call twice",
    async (name) => {
      const { there, each } = await two(name, { budget: { usd: 1, per: "day" } }, 48);
      servers[0]?.freeze();
      onTestFinished(() => servers[0]?.thaw());
      const found = new Map(
        await Promise.all(each.map(async ({ name: key, tries }) => [key, await tries(4)] as const)),
      );
      const all = [...found.values()].flat();
      const refused = all.filter((one) => !isTaken(one));
      expect([refused.length > 0, refused.length < all.length]).toEqual([true, true]);
      for (const one of refused) expect(one).toMatchObject({ status: 503 });
      servers[0]?.thaw();
      const wrong = async () => {
        const uses = await there.access.uses();
        return uses
          .filter((use) => found.has(use.name))
          .filter((use) => {
            const taken = found.get(use.name)?.filter(isTaken).length ?? 0;
            return Math.abs((use.budget?.spentUsd ?? 0) - taken * 0.003) > 1e-9;
          });
      };
      await vi.waitFor(async () => expect(await wrong()).toEqual([]), 30_000);
      await vi.waitFor(() => {
        for (const server of servers) {
          expect(redisCli(server, "CLUSTER", "INFO")).toContain("cluster_state:ok");
        }
      }, 30_000);
    },
  );

  // animir/node-rate-limiter-flexible#283: EVAL went to another server than its key's (MOVED).
  // gravitee-io/gravitee-api-management#17370: a server that had not seen a script refused its hash.
  it.each(clusterNames)(
    "by %s counts requests for both, on servers that know no script",
    async (name) => {
      const { each } = await two(name, { rpm: 7 });
      for (const server of servers) redisCli(server, "SCRIPT", "FLUSH");
      await Promise.all(
        each.map(async ({ tries }) => {
          const all = await tries(12);
          expect(all.filter(isTaken)).toHaveLength(7);
          expect(all.filter((found) => !isTaken(found))[0]).toMatchObject({ status: 429 });
        }),
      );
    },
  );
});

it.runIf(hasRedisServer())("a sentinel of node-redis has keys, limits and budgets", async () => {
  const server = await startRedis();
  const sentinel = await startSentinel(server);
  const client = createSentinel({
    name: "main",
    sentinelRootNodes: [{ host: "127.0.0.1", port: sentinel.port }],
  });
  client.on("error", () => undefined);
  await client.connect();
  const keys = redisKeys(client);
  const access = createAccess({
    keys,
    budgets: redisBudgets(client),
    limits: redisLimits(client),
    prices,
  });
  onTestFinished(async () => {
    await access.close();
    await client.destroy();
    await Promise.all([sentinel.stop(), server.stop()]);
  });
  const { token } = await addKey(keys, {
    name: "ci",
    rpm: 3,
    budget: { usd: 0.006, per: "day" },
  });
  const caller = (await access.identify(token)) as Caller;
  expect(isTaken(await access.reserve(caller, ask))).toBe(true);
  expect(isTaken(await access.reserve(caller, ask))).toBe(true);
  expect(await access.reserve(caller, ask)).toMatchObject({ status: 402 });
  expect(await access.reserve(caller, ask)).toMatchObject({ status: 429 });
  expect((await access.uses())[0]).toMatchObject({ rpm: { used: 3 }, budget: { spentUsd: 0.006 } });
});
