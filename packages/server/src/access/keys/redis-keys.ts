import type { RedisClient } from "../redis/redis-client.ts";
import { linkOf, RedisAway } from "../redis/redis-link.ts";
import { senderOf } from "../redis/redis-send.ts";
import type { KeyStore } from "./key-store.ts";
import { parseRecord, readRecords } from "./parse-record.ts";
import { SeenKeys } from "./seen-keys.ts";

/** Where keys are stored in Redis, and how long they are accepted without it. */
export interface RedisKeysOptions {
  /** Prefix of every key in Redis. @default "acc" */
  readonly prefix?: string;
  /**
   * Milliseconds for which a key that this server has read is accepted while Redis is unavailable;
   * 0 refuses it at once. A server that is cut off learns after this time at the latest that a key
   * was revoked.
   * @default 900_000
   */
  readonly knownFor?: number;
}

/** Keys in one Redis hash, for all servers that use it. */
export function redisKeys(client: RedisClient, options: RedisKeysOptions = {}): KeyStore {
  const { prefix = "acc", knownFor = 900_000 } = options;
  const send = senderOf(client);
  const seen = new SeenKeys(knownFor);
  const keys = `${prefix}:keys`;
  const parse = (handle: string, text: string) =>
    parseRecord(text, `The field ${handle} of the hash ${keys} of Redis`);
  return {
    availability: linkOf(client),
    async add(record) {
      return Number(await send("HSETNX", keys, record.handle, JSON.stringify(record))) === 1;
    },
    async find(handle) {
      try {
        const found = await send("HGET", keys, handle);
        return seen.read(handle, typeof found === "string" ? parse(handle, found) : undefined);
      } catch (error) {
        const known = error instanceof RedisAway ? seen.known(handle) : undefined;
        if (known) return known;
        throw error;
      }
    },
    async list(onDamaged) {
      const handles = (await send("HKEYS", keys)) as string[];
      if (handles.length === 0) return [];
      const texts = (await send("HMGET", keys, ...handles)) as (string | null)[];
      const reads = handles.map((handle, at) => async () => {
        const text = texts[at];
        return typeof text === "string" ? parse(handle, text) : undefined;
      });
      return readRecords(reads, onDamaged);
    },
    async remove(handle) {
      seen.forget(handle);
      try {
        return Number(await send("HDEL", keys, handle)) === 1;
      } finally {
        // A lookup that was sent earlier may have found the key in the meantime.
        seen.forget(handle);
      }
    },
  };
}
