/** What is used of a client of `redis` (node-redis) 4 or later. */
export interface NodeRedisClient {
  readonly isReady: boolean;
  sendCommand(args: readonly string[]): Promise<unknown>;
}

/** What is used of a cluster of `redis` (node-redis) 5 or later. */
export interface NodeRedisCluster {
  readonly isOpen: boolean;
  readonly masters: readonly unknown[];
  // A method, so that the node that it takes may be of any shape.
  nodeClient(node: never): unknown;
  sendCommand(
    firstKey: string | undefined,
    isReadonly: boolean | undefined,
    args: string[],
  ): Promise<unknown>;
}

/** What is used of a sentinel client of `redis` (node-redis) 5 or later. */
export interface NodeRedisSentinel {
  readonly isReady: boolean;
  getMasterNode(): unknown;
  sendCommand(isReadonly: boolean | undefined, args: string[]): Promise<unknown>;
}

/** What is used of a client or cluster of `ioredis`. */
export interface IoredisClient {
  readonly status: string;
  call(command: string, ...args: string[]): Promise<unknown>;
  callBuffer(command: string, ...args: string[]): Promise<unknown>;
}

/** Connected by the caller, who also closes it. */
export type RedisClient = NodeRedisClient | NodeRedisCluster | NodeRedisSentinel | IoredisClient;

export function isIoredis(client: RedisClient): client is IoredisClient {
  return "callBuffer" in client;
}

/** Whether it can be sent commands just now. */
export function isReady(client: RedisClient): boolean {
  if (isIoredis(client)) return client.status === "ready";
  return "masters" in client ? client.isOpen : client.isReady;
}

/** Whether its names are in several servers. */
export function isCluster(client: RedisClient): boolean {
  return Reflect.get(client, "isCluster") === true || "masters" in client;
}
