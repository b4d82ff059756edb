import { expect, onTestFinished, test, vi } from "vitest";
import { clusterNames, connectCluster } from "../../../cache/test/support/redis-clusters.ts";
import { startCluster } from "../../../cache/test/support/redis-server.ts";
import { addKey, type Caller, createAccess, redisKeys, redisLimits } from "../../src/index.ts";
import { hasRedisServer } from "../support/redis-server.ts";
import { ask, isTaken } from "./redis-access.ts";

test.skipIf(!hasRedisServer()).each(clusterNames)(
  "a cluster by %s is away while one of its servers is, told once, and what the others have goes on",
  async (name) => {
    const servers = await startCluster();
    onTestFinished(async () => {
      await Promise.all(servers.map((one) => one.stop()));
    });
    const { client: shared, end } = await connectCluster[name](servers);
    onTestFinished(end);
    const states: string[] = [];
    const access = createAccess({
      keys: redisKeys(shared),
      limits: redisLimits(shared),
      onState: ({ state }) => states.push(state),
    });
    // The slots come by chance: with 48, one round in 280 million has none on the frozen server.
    const names = Array.from({ length: 48 }, (_, at) => `k${at}`);
    const tokens = await Promise.all(
      names.map(async (name) => (await addKey(redisKeys(shared), { name, rpm: 1_000 })).token),
    );
    const callers = await Promise.all(tokens.map((token) => access.identify(token)));
    const round = async () => {
      const all = callers.map((caller) => access.reserve(caller as Caller, ask));
      expect((await Promise.all(all)).filter(isTaken)).toHaveLength(callers.length);
    };
    await round();
    expect(states).toEqual([]);
    servers[0]?.freeze();
    onTestFinished(() => servers[0]?.thaw());
    for (let time = 0; time < 5; time += 1) await round();
    expect(states).toEqual(["away"]);
    servers[0]?.thaw();
    await vi.waitFor(async () => {
      await Promise.all([round(), ...tokens.map((token) => access.identify(token))]);
      expect(states).toEqual(["away", "back"]);
    }, 20_000);
  },
  60_000,
);
