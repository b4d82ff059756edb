import { sharedState } from "@acc/dual-mode/shared-state";
import { onTestFinished } from "vitest";
import {
  type connect,
  connect as connections,
} from "../../packages/server/test/support/redis-clients.ts";
import { type RedisServer, startRedis } from "../../packages/server/test/support/redis-server.ts";

/** Longer than a busy machine makes a Redis that answers wait. */
export const patience = 5_000;

/** For what is waited for until it is so: longer than a busy machine takes. */
export const generous = { timeout: 25_000 };

/** A Redis, and the states of two machines that have it, each by a connection of its own. */
export async function twoMachines(name: keyof typeof connect, wait: number = patience) {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const open = () => machine(redis, name, wait);
  return { redis, one: await open(), other: await open() };
}

async function machine(redis: RedisServer, name: keyof typeof connect, wait = patience) {
  const { client, end } = await connections[name](redis.url);
  onTestFinished(end);
  return sharedState(client, { patience: wait });
}
