import { Cluster } from "ioredis";
import { createCluster } from "redis";
import type { RedisServer } from "./redis-server.ts";

/** A connection to a cluster by each package. */
export const connectCluster = {
  async ioredis(servers: readonly RedisServer[]) {
    const client = new Cluster(servers.map(({ port }) => ({ host: "127.0.0.1", port })));
    client.on("error", () => undefined);
    await client.ping();
    return { client, end: () => client.disconnect() };
  },
  async "node-redis"(servers: readonly RedisServer[]) {
    const client = createCluster({ rootNodes: servers.map(({ url }) => ({ url })) });
    client.on("error", () => undefined);
    await client.connect();
    return { client, end: () => client.destroy() };
  },
};

export const clusterNames = Object.keys(connectCluster) as (keyof typeof connectCluster)[];
