type Argument = string | Buffer;

/** The number of RESP's blob strings. */
const BLOB_STRING = 36;

/** What is used of a client of `redis` (node-redis) 5 or later. */
export interface NodeRedisClient {
  sendCommand(
    args: readonly Argument[],
    options?: { readonly typeMapping?: { readonly [BLOB_STRING]: typeof Buffer } },
  ): Promise<unknown>;
}

/** What is used of a client of `ioredis`, or of one that is made like it. */
export interface IoredisClient {
  callBuffer(command: string, ...args: Argument[]): Promise<unknown>;
}

/** Connected by the caller, who also closes it. */
export type RedisClient = NodeRedisClient | IoredisClient;

/** Sends one command; strings in the reply are Buffers. */
export type Send = (command: string, ...args: Argument[]) => Promise<unknown>;

export function sender(client: RedisClient): Send {
  if ("callBuffer" in client) return (command, ...args) => client.callBuffer(command, ...args);
  const options = { typeMapping: { [BLOB_STRING]: Buffer } } as const;
  return (command, ...args) => client.sendCommand([command, ...args], options);
}
