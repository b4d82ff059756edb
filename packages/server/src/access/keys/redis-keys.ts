import { type RedisClient, senderOf } from "../redis/redis-client.ts";
import type { KeyStore } from "./key-store.ts";
import { parseRecord } from "./parse-record.ts";

/** Keys in one hash of Redis, for all servers that have it. */
export function redisKeys(
  client: RedisClient,
  { prefix = "acc" }: { readonly prefix?: string } = {},
): KeyStore {
  const send = senderOf(client);
  const keys = `${prefix}:keys`;
  const parse = (text: string) => parseRecord(text, `The hash ${keys} of Redis`);
  return {
    async add(record) {
      return Number(await send("HSETNX", keys, record.handle, JSON.stringify(record))) === 1;
    },
    async find(handle) {
      const found = await send("HGET", keys, handle);
      return typeof found === "string" ? parse(found) : undefined;
    },
    async list() {
      return ((await send("HVALS", keys)) as string[]).map(parse);
    },
    async remove(handle) {
      return Number(await send("HDEL", keys, handle)) === 1;
    },
  };
}
