import { invalidOption } from "../../cache/invalid-option.ts";
import type { CacheStore, StoredRecord, StoredSummary } from "../store.ts";
import { type RedisClient, type Send, sender } from "./redis-client.ts";
import { redisCounters } from "./redis-counters.ts";
import { redisLeases } from "./redis-leases.ts";

/** The client that is used, and the names of its keys. */
export interface RedisStoreOptions {
  /** Connected by the caller, who also closes it. */
  readonly client: RedisClient;
  /** Begins every key. @default "acc" */
  readonly prefix?: string;
}

/** An expiry as float64 stands before each record. */
const HEAD = 8;
const PAGE = "500";

/** Shared by machines. Redis itself expires the records and, by its own settings, bounds them. */
export function redisStore(options: RedisStoreOptions): CacheStore {
  const { client, prefix = "acc" } = options;
  if (typeof client !== "object" || !("callBuffer" in client || "sendCommand" in client)) {
    throw invalidOption("client", typeof client, "a client of redis (node-redis) or ioredis");
  }
  const send = sender(client);
  const records = `${prefix}:record:`;
  return {
    name: "redis",
    leases: redisLeases(send, `${prefix}:lease:`),
    counters: redisCounters(send, `${prefix}:counters`),
    async get(key) {
      const found = await send("GET", records + key);
      return Buffer.isBuffer(found) ? unpack(found) : undefined;
    },
    async set(key, record) {
      const life = Math.ceil(record.expiresAt - Date.now());
      const limit = Number.isFinite(life) ? ["PX", String(Math.max(1, life))] : [];
      await send("SET", records + key, pack(record), ...limit);
    },
    async delete(key) {
      return Number(await send("DEL", records + key)) > 0;
    },
    entries: () => list(send, records),
    async clear(matches) {
      let deleted = 0;
      for await (const keys of scan(send, records)) {
        const chosen = matches ? keys.filter(matches) : keys;
        if (chosen.length === 0) continue;
        deleted += Number(await send("DEL", ...chosen.map((key) => records + key)));
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

async function* list(send: Send, records: string): AsyncGenerator<StoredSummary> {
  for await (const keys of scan(send, records)) {
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

/** Pages of keys, without what they begin with. A key may come twice; that is how SCAN is. */
async function* scan(send: Send, records: string): AsyncGenerator<string[]> {
  const pattern = `${records.replace(/[*?[\]\\]/g, "\\$&")}*`;
  const seen = new Set<string>();
  let cursor = "0";
  do {
    const [next, found] = (await send("SCAN", cursor, "MATCH", pattern, "COUNT", PAGE)) as [
      Buffer,
      Buffer[],
    ];
    cursor = String(next);
    const keys = found.map((key) => String(key).slice(records.length));
    yield keys.filter((key) => !seen.has(key) && seen.add(key));
  } while (cursor !== "0");
}
