import { invalidOption } from "../../cache/invalid-option.ts";
import type { CacheStore, StoredRecord, StoredSummary } from "../store.ts";
import { type Redis, type RedisClient, redisOf, type Send } from "./redis-client.ts";
import { redisCounters } from "./redis-counters.ts";
import { redisLeases } from "./redis-leases.ts";
import { redisNotes } from "./redis-notes.ts";

/** Options of `redisStore`. */
export interface RedisStoreOptions {
  /** A client that the caller connects and closes. */
  readonly client: RedisClient;
  /** The prefix of all keys. @default "acc" */
  readonly prefix?: string;
}

/** The length of the expiry, a float64, before each record. */
const HEAD = 8;
const PAGE = "500";

/**
 * Creates a store that machines can share. Redis itself expires the records, and limits their size
 * by its own settings.
 */
export function redisStore(options: RedisStoreOptions): CacheStore {
  const { client, prefix = "acc" } = options;
  const redis = typeof client === "object" && client !== null ? redisOf(client) : undefined;
  if (!redis) {
    throw invalidOption("client", typeof client, "a client of redis (node-redis) or ioredis");
  }
  const { send } = redis;
  const records = `${prefix}:record:`;
  return {
    name: "redis",
    leases: redisLeases(send, `${prefix}:lease:`),
    counters: redisCounters(send, `${prefix}:counters`),
    invalidations: redisNotes(send, `${prefix}:notes`),
    async get(key) {
      const found = await send("GET", records + key);
      return Buffer.isBuffer(found) ? unpack(found) : undefined;
    },
    async set(key, record) {
      const life = Math.ceil(record.expiresAt - Date.now());
      // Redis accepts only integers, so a longer lifetime has no expiry.
      const limit = Number.isSafeInteger(life) ? ["PX", String(Math.max(1, life))] : [];
      await send("SET", records + key, pack(record), ...limit);
    },
    async delete(key) {
      return Number(await send("DEL", records + key)) > 0;
    },
    entries: () => list(redis, records),
    async clear(matches) {
      let deleted = 0;
      for await (const keys of scan(redis, records)) {
        const chosen = matches ? keys.filter(matches) : keys;
        // One command per key, because the keys of a cluster are on different servers; the commands
        // are sent together.
        const gone = await Promise.all(chosen.map((key) => send("DEL", records + key)));
        deleted += gone.reduce<number>((sum, count) => sum + Number(count), 0);
      }
      return deleted;
    },
  };
}

function pack({ bytes, expiresAt }: StoredRecord): Buffer {
  const head = Buffer.allocUnsafe(HEAD);
  head.writeDoubleLE(expiresAt);
  return Buffer.concat([head, bytes]);
}

function unpack(packed: Buffer): StoredRecord {
  const expiresAt = packed.length < HEAD ? 0 : packed.readDoubleLE();
  return { bytes: packed.subarray(HEAD), expiresAt };
}

async function* list(redis: Redis, records: string): AsyncGenerator<StoredSummary> {
  const { send } = redis;
  for await (const keys of scan(redis, records)) {
    for (const key of keys) {
      const [size, head] = await Promise.all([
        send("STRLEN", records + key),
        send("GETRANGE", records + key, "0", String(HEAD - 1)),
      ]);
      if (!Buffer.isBuffer(head) || head.length < HEAD) continue;
      yield { key, bytes: Number(size) - HEAD, expiresAt: head.readDoubleLE() };
    }
  }
}

/** Yields pages of keys from all servers, without their prefix, each key once. */
async function* scan(redis: Redis, records: string): AsyncGenerator<string[]> {
  const start = redis.keyPrefix + records;
  const pattern = `${start.replace(/[*?[\]\\]/g, "\\$&")}*`;
  // SCAN may return a key twice.
  const seen = new Set<string>();
  for (const server of await redis.servers()) {
    for await (const found of scanServer(server, pattern)) {
      const keys = found.map((key) => String(key).slice(start.length));
      yield keys.filter((key) => !seen.has(key) && seen.add(key));
    }
  }
}

async function* scanServer(server: Send, pattern: string): AsyncGenerator<Buffer[]> {
  let cursor = "0";
  do {
    const page = await server("SCAN", cursor, "MATCH", pattern, "COUNT", PAGE);
    const [next, found] = page as [Buffer, Buffer[]];
    cursor = String(next);
    yield found;
  } while (cursor !== "0");
}
