import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import {
  type Access,
  type AccessState,
  addKey,
  type Caller,
  createAccess,
  type KeyOptions,
  redisBudgets,
  redisKeys,
  redisLimits,
} from "../../src/index.ts";
import { type Connection, type clientNames, connect } from "../support/redis-clients.ts";
import { type RedisServer, startRedis } from "../support/redis-server.ts";

export const ownerToken = "o".repeat(43);
const prices = { small: { input: 1, output: 2 } };

export const unavailable = { status: 503, code: "ACCESS_UNAVAILABLE" };

/** What one server of a Redis has. */
export type RedisAccess = ReturnType<typeof accessOf>;

/** Asks as a call would, which is how a server learns of it. */
export const backAgain = async ({ access }: RedisAccess) => {
  await access.uses();
  expect(access.away).toBeUndefined();
};

export const spent = async (access: RedisAccess["access"]) =>
  (await access.uses())[0]?.budget?.spentUsd;

/** A Redis of a file's own. To be called once in a `describe`. */
export function redisScene(name: (typeof clientNames)[number]) {
  let server: RedisServer;
  let serial = 0;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server?.stop());

  /** Two servers of it, and a key that both know. */
  async function two(more: Partial<KeyOptions> = {}) {
    serial += 1;
    const prefix = `t${serial}`;
    const connections = await Promise.all([connect[name](server.url), connect[name](server.url)]);
    const [here, there] = connections.map((one) => accessOf(one, prefix)) as [
      RedisAccess,
      RedisAccess,
    ];
    onTestFinished(async () => {
      await Promise.all([here.access.close(), there.access.close()]);
      for (const connection of connections) connection.end();
    });
    const { token } = await addKey(here.keys, { name: "k", ...more });
    const enter = async (access: Access) => (await access.identify(token)) as Caller;
    return { here, there, token, enter, prefix };
  }

  return {
    two,
    get server() {
      return server;
    },
  };
}

function accessOf({ client }: Connection, prefix: string) {
  const options = { prefix };
  const keys = redisKeys(client, options);
  const budgets = redisBudgets(client, options);
  const limits = redisLimits(client, options);
  const states: AccessState[] = [];
  const onState = (state: AccessState) => states.push(state);
  const access = createAccess({ ownerToken, keys, budgets, limits, prices, onState });
  return { keys, access, states };
}
