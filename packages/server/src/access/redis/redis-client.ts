/** The members of a `redis` (node-redis) client that are used here; version 4 or later. */
export interface NodeRedisClient {
  readonly isReady: boolean;
  sendCommand(args: readonly string[]): Promise<unknown>;
}

/** The members of a `redis` (node-redis) cluster that are used here; version 5 or later. */
export interface NodeRedisCluster {
  readonly isOpen: boolean;
  readonly masters: readonly unknown[];
  // Declared as a method, so that the parameter may have any type.
  nodeClient(node: never): unknown;
  sendCommand(
    firstKey: string | undefined,
    isReadonly: boolean | undefined,
    args: string[],
  ): Promise<unknown>;
}

/** The members of a `redis` (node-redis) sentinel client that are used here; version 5 or later. */
export interface NodeRedisSentinel {
  readonly isReady: boolean;
  getMasterNode(): unknown;
  sendCommand(isReadonly: boolean | undefined, args: string[]): Promise<unknown>;
}

/** The members of an `ioredis` client or cluster that are used here. */
export interface IoredisClient {
  readonly status: string;
  call(command: string, ...args: string[]): Promise<unknown>;
  callBuffer(command: string, ...args: string[]): Promise<unknown>;
}

/** A client for Redis, which the caller connects and closes. */
export type RedisClient = NodeRedisClient | NodeRedisCluster | NodeRedisSentinel | IoredisClient;

export function isIoredis(client: RedisClient): client is IoredisClient {
  return "callBuffer" in client;
}

/** Whether commands can be sent right now. */
export function isReady(client: RedisClient): boolean {
  if (isIoredis(client)) return client.status === "ready";
  return "masters" in client ? client.isOpen : client.isReady;
}

/** Whether keys are spread over several servers. */
export function isCluster(client: RedisClient): boolean {
  return Reflect.get(client, "isCluster") === true || "masters" in client;
}
