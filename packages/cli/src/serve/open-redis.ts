import type { createClient } from "redis";
import { Failure, UsageError } from "../failure.ts";
import { tell } from "../output/terminal.ts";

export type Redis = ReturnType<typeof createClient>;

/** A client of `redis`, which is installed beside acc by those who want it, connected. */
export async function openRedis(url: string): Promise<Redis> {
  if (!/^rediss?:\/\//.test(url)) {
    throw new UsageError("--redis wants an address.", "Write it as redis://HOST:6379.");
  }
  const redis = await load();
  const client = redis.createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 5_000,
      reconnectStrategy: (tries, cause) => (isConnected ? Math.min(100 * tries, 2_000) : cause),
    },
  });
  let isConnected = false;
  let isAway = false;
  client.on("error", ({ message }: Error) => {
    if (isConnected && !isAway) tell(`Redis is away: ${message}. Keys with limits are refused.`);
    isAway = true;
  });
  client.on("ready", () => {
    if (isConnected && isAway) tell("Redis is back.");
    isAway = false;
  });
  try {
    await client.connect();
    isConnected = true;
    return client as Redis;
  } catch (cause) {
    const reason = (cause as Error).message || (cause as NodeJS.ErrnoException).code;
    const { host } = new URL(url);
    const message = `The Redis at ${host} cannot be used: ${reason}.`;
    throw new Failure("REDIS_UNAVAILABLE", message, "Start it, or name another.", cause);
  }
}

async function load(): Promise<typeof import("redis")> {
  try {
    return await import("redis");
  } catch (cause) {
    const message = "The package redis is not installed.";
    throw new Failure("REDIS_NOT_INSTALLED", message, "Run: npm install -g redis", cause);
  }
}
