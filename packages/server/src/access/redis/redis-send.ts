import { AccessError } from "../access-error.ts";
import { type IoredisClient, isIoredis, type RedisClient } from "./redis-client.ts";
import { linkOf } from "./redis-link.ts";

/** Sends one command. @throws AccessError `UNAVAILABLE` if Redis does not answer in time */
export type Send = (command: string, ...args: string[]) => Promise<unknown>;

/** @throws AccessError `INVALID_OPTION` for a client of a kind that is not supported */
export function senderOf(client: RedisClient): Send {
  const call = callerOf(client);
  const link = linkOf(client);
  return (command, ...args) => link.ask(keyIn(command, args), () => call(command, args));
}

/** Returns the Redis key that a command is about. */
function keyIn(command: string, args: readonly string[]): string {
  return (command === "EVAL" ? args[2] : args[0]) ?? "";
}

type Call = (command: string, args: string[]) => Promise<unknown>;

function callerOf(client: RedisClient): Call {
  const isObject = typeof client === "object" && client !== null;
  if (isObject && isIoredis(client)) return ofIoredis(client);
  if (isObject && typeof client.sendCommand === "function") return ofNodeRedis(client);
  const message = "client has to be a client of redis (node-redis) or ioredis, connected.";
  throw new AccessError("INVALID_OPTION", message);
}

function ofNodeRedis(client: Exclude<RedisClient, IoredisClient>): Call {
  if ("masters" in client) {
    return (command, args) =>
      client.sendCommand(keyIn(command, args) || undefined, false, [command, ...args]);
  }
  if ("getMasterNode" in client) {
    return (command, args) => client.sendCommand(false, [command, ...args]);
  }
  return (command, args) => client.sendCommand([command, ...args]);
}

function ofIoredis(client: IoredisClient): Call {
  // Uses the command's own method: `call` is wrong with enableAutoPipelining (redis/ioredis#1923).
  return (command, args) => {
    const method: unknown = Reflect.get(client, command.toLowerCase());
    if (typeof method !== "function") return client.call(command, ...args);
    return method.apply(client, args) as Promise<unknown>;
  };
}
