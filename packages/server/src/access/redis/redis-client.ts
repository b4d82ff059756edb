import { AccessError } from "../access-error.ts";

/** What is used of a client of `redis` (node-redis) 4 or later. */
export interface NodeRedisClient {
  readonly isReady: boolean;
  sendCommand(args: readonly string[]): Promise<unknown>;
}

/** What is used of a client or cluster of `ioredis`. */
export interface IoredisClient {
  readonly status: string;
  call(command: string, ...args: string[]): Promise<unknown>;
  callBuffer(command: string, ...args: string[]): Promise<unknown>;
}

/** Connected by the caller, who also closes it. */
export type RedisClient = NodeRedisClient | IoredisClient;

/** Sends one command; throws `UNAVAILABLE` where Redis does not answer in time. */
export type Send = (command: string, ...args: string[]) => Promise<unknown>;

/** There is no connection: nothing was sent, nor will be. */
export class NotConnected extends AccessError {
  constructor() {
    super("UNAVAILABLE", "Redis is not connected.");
  }
}

/** Milliseconds in which Redis has to answer: it stands before every call of a key. */
const patience = 1_000;

/** @throws AccessError `INVALID_OPTION` for what is no client that is known here */
export function senderOf(client: RedisClient): Send {
  const call = callerOf(client);
  return (command, ...args) => inTime(() => call(command, args), client);
}

export function isIoredis(client: RedisClient): client is IoredisClient {
  return "callBuffer" in client;
}

/**
 * What a command of Redis gives, or that it could not be had. Nothing is sent while there is no
 * connection, for clients would keep it and send it later, when nobody waits for it.
 *
 * @throws AccessError `UNAVAILABLE`
 */
export async function inTime<T>(ask: () => Promise<T>, client: RedisClient): Promise<T> {
  const isReady = isIoredis(client) ? client.status === "ready" : client.isReady;
  if (!isReady) throw new NotConnected();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(away(`did not answer in ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch (error) {
    throw error instanceof AccessError ? error : away("refused a command", error);
  } finally {
    clearTimeout(timer);
  }
}

function callerOf(client: RedisClient): (command: string, args: string[]) => Promise<unknown> {
  if (!isIoredis(client)) {
    if (typeof client?.sendCommand === "function") {
      return (command, args) => client.sendCommand([command, ...args]);
    }
    const message = "client has to be a client of redis (node-redis) or ioredis, connected.";
    throw new AccessError("INVALID_OPTION", message);
  }
  // By the method of the command: `call` is wrong with enableAutoPipelining (redis/ioredis#1923).
  return (command, args) => {
    const method: unknown = Reflect.get(client, command.toLowerCase());
    if (typeof method !== "function") return client.call(command, ...args);
    return method.apply(client, args) as Promise<unknown>;
  };
}

function away(what: string, cause?: unknown): AccessError {
  return new AccessError("UNAVAILABLE", `Redis ${what}.`, { cause });
}
