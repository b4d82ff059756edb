type Argument = string | Buffer;

/** The number of RESP's blob strings. */
const BLOB_STRING = 36;

interface CommandOptions {
  readonly typeMapping?: { readonly [BLOB_STRING]: typeof Buffer };
  /** What version 4 has instead. */
  readonly returnBuffers?: true;
}

/** What is used of a client, or a pool of clients, of `redis` (node-redis) 5 or later. */
export interface NodeRedisClient {
  sendCommand(args: readonly Argument[], options?: CommandOptions): Promise<unknown>;
}

/** What is used of a cluster of `redis` (node-redis) 5 or later. */
export interface NodeRedisCluster {
  readonly masters: readonly unknown[];
  // A method, so that the node that it takes may be of any shape.
  nodeClient(node: never): unknown;
  sendCommand(
    firstKey: string | undefined,
    isReadonly: boolean | undefined,
    args: Argument[],
    options?: CommandOptions,
  ): Promise<unknown>;
}

/** What is used of a sentinel client of `redis` (node-redis) 5 or later. */
export interface NodeRedisSentinel {
  getMasterNode(): unknown;
  sendCommand(
    isReadonly: boolean | undefined,
    args: Argument[],
    options?: CommandOptions,
  ): Promise<unknown>;
}

/** What is used of a client or cluster of `ioredis`, or of one that is made like it. */
export interface IoredisClient {
  callBuffer(command: string, ...args: Argument[]): Promise<unknown>;
  readonly options?: { readonly keyPrefix?: string | undefined };
  /** Of a cluster alone. */
  nodes?(role: "master"): unknown[];
}

/** Connected by the caller, who also closes it. */
export type RedisClient = NodeRedisClient | NodeRedisCluster | NodeRedisSentinel | IoredisClient;

/** Sends one command, whose first argument is its key, or EVAL of one key; strings in the reply are Buffers. */
export type Send = (command: string, ...args: Argument[]) => Promise<unknown>;

/** How commands reach Redis. */
export interface Redis {
  readonly send: Send;
  /** For what has no key, such as SCAN: one sender for each server that holds keys. */
  servers(): Promise<readonly Send[]>;
  /** What the client itself puts before the key of a command, but not before a pattern. */
  readonly keyPrefix: string;
}

const options: CommandOptions = { typeMapping: { [BLOB_STRING]: Buffer }, returnBuffers: true };

/** Undefined for what is not a client that is known here. */
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

/** A script comes before the number of its keys, and both before its keys. */
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

/** By the method of the command: `callBuffer` is wrong with enableAutoPipelining (redis/ioredis#1923). */
function ioredisSender(client: IoredisClient): Send {
  return (command, ...args) => {
    const method: unknown = Reflect.get(client, `${command.toLowerCase()}Buffer`);
    if (typeof method !== "function") return client.callBuffer(command, ...args);
    return method.apply(client, args) as Promise<unknown>;
  };
}
