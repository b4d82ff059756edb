import { Redis } from "ioredis";
import { createClient } from "redis";
import type { RedisClient } from "../../src/index.ts";

export interface Connection {
  readonly client: RedisClient;
  end(): void;
}

/** A connection by each package; both say nothing of errors, for tests take servers away. */
export const connect = {
  async ioredis(url: string): Promise<Connection> {
    const client = new Redis(url, { retryStrategy: () => 100 });
    client.on("error", () => undefined);
    await client.ping();
    return { client, end: () => client.disconnect() };
  },
  async "node-redis"(url: string): Promise<Connection> {
    const client = createClient({ url, socket: { reconnectStrategy: () => 100 } });
    client.on("error", () => undefined);
    await client.connect();
    return { client, end: () => client.destroy() };
  },
};

export const clientNames = Object.keys(connect) as (keyof typeof connect)[];
