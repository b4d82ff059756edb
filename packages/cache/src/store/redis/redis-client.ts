type Argument = string | Buffer;

/** The type of blob strings in RESP. */
const BLOB_STRING = 36;

interface CommandOptions {
  readonly typeMapping?: { readonly [BLOB_STRING]: typeof Buffer };
  /** The equivalent in version 4. */
  readonly returnBuffers?: true;
}

/** The part that is used of a client, or a client pool, of `redis` (node-redis) 5 or later. */
export interface NodeRedisClient {
  sendCommand(args: readonly Argument[], options?: CommandOptions): Promise<unknown>;
}

/** The part that is used of a cluster of `redis` (node-redis) 5 or later. */
export interface NodeRedisCluster {
  readonly masters: readonly unknown[];
  // Declared as a method, so that its parameter may have any type.
  nodeClient(node: never): unknown;
  sendCommand(
    firstKey: string | undefined,
    isReadonly: boolean | undefined,
    args: Argument[],
    options?: CommandOptions,
  ): Promise<unknown>;
}

/** The part that is used of a sentinel client of `redis` (node-redis) 5 or later. */
export interface NodeRedisSentinel {
  getMasterNode(): unknown;
  sendCommand(
    isReadonly: boolean | undefined,
    args: Argument[],
    options?: CommandOptions,
  ): Promise<unknown>;
}

/** The part that is used of a client or cluster of `ioredis`, or of a compatible client. */
export interface IoredisClient {
  callBuffer(command: string, ...args: Argument[]): Promise<unknown>;
  readonly options?: { readonly keyPrefix?: string | undefined };
  /** Only a cluster has it. */
  nodes?(role: "master"): unknown[];
}

/** A client that the caller connects and closes. */
export type RedisClient = NodeRedisClient | NodeRedisCluster | NodeRedisSentinel | IoredisClient;

/**
 * Sends a command whose first argument is its key, or EVAL with one key; strings in the reply are
 * Buffers.
 */
export type Send = (command: string, ...args: Argument[]) => Promise<unknown>;

/** The connection to Redis. */
export interface Redis {
  readonly send: Send;
  /** Returns one sender for each server that has keys, for commands without a key such as SCAN. */
  servers(): Promise<readonly Send[]>;
  /** The prefix that the client adds to the key of a command, but not to a pattern. */
  readonly keyPrefix: string;
}

const options: CommandOptions = { typeMapping: { [BLOB_STRING]: Buffer }, returnBuffers: true };

/** Returns undefined if the client is not of a known kind. */
export function redisOf(client: RedisClient): Redis | undefined {
  if ("callBuffer" in client) return ofIoredis(client);
  if (typeof client?.sendCommand !== "function") return undefined;
  if ("masters" in client) return ofCluster(client);
  if ("getMasterNode" in client) {
    const send: Send = (command, ...args) => client.sendCommand(false, [command, ...args], options);
    return { send, servers: async () => [send], keyPrefix: "" };
  }
  const send = sender(client);
  return { send, servers: async () => [send], keyPrefix: "" };
}

function sender(client: NodeRedisClient): Send {
  return (command, ...args) => client.sendCommand([command, ...args], options);
}

function ofCluster(cluster: NodeRedisCluster): Redis {
  return {
    send: (command, ...args) =>
      cluster.sendCommand(keyOf(command, args), false, [command, ...args], options),
    servers: () =>
      Promise.all(
        cluster.masters.map(async (node) =>
          sender((await cluster.nodeClient(node as never)) as NodeRedisClient),
        ),
      ),
    keyPrefix: "",
  };
}

/** Returns the key of a command. In EVAL it comes after the script and the number of keys. */
function keyOf(command: string, args: readonly Argument[]): string {
  return String(command === "EVAL" ? args[2] : args[0]);
}

function ofIoredis(client: IoredisClient): Redis {
  const send = ioredisSender(client);
  const nodes = () => (client.nodes?.("master") ?? []) as IoredisClient[];
  return {
    send,
    servers: async () => (client.nodes ? nodes().map(ioredisSender) : [send]),
    keyPrefix: client.options?.keyPrefix ?? "",
  };
}

/**
 * Uses the command's own method, because `callBuffer` is wrong with enableAutoPipelining
 * (redis/ioredis#1923).
 */
function ioredisSender(client: IoredisClient): Send {
  return (command, ...args) => {
    const method: unknown = Reflect.get(client, `${command.toLowerCase()}Buffer`);
    if (typeof method !== "function") return client.callBuffer(command, ...args);
    return method.apply(client, args) as Promise<unknown>;
  };
}
