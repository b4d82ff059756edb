type Argument = string | Buffer;

/** What is used of a client of `redis` (node-redis) 5 or later. */
export interface NodeRedisClient {
  withTypeMapping(mapping: Record<number, unknown>): {
    sendCommand(args: readonly Argument[]): Promise<unknown>;
  };
}

/** What is used of a client of `ioredis`, or of one that is made like it. */
export interface IoredisClient {
  callBuffer(command: string, ...args: Argument[]): Promise<unknown>;
}

/** Connected by the caller, who also closes it. */
export type RedisClient = NodeRedisClient | IoredisClient;

/** Sends one command; strings in the reply are Buffers. */
export type Send = (command: string, ...args: Argument[]) => Promise<unknown>;

/** The number of RESP's blob strings. */
const BLOB_STRING = 36;

export function sender(client: RedisClient): Send {
  if ("callBuffer" in client) return (command, ...args) => client.callBuffer(command, ...args);
  const mapped = client.withTypeMapping({ [BLOB_STRING]: Buffer });
  return (command, ...args) => mapped.sendCommand([command, ...args]);
}
