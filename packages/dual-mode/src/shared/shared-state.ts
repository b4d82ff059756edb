import type { RedisClient } from "@acc/cache";
import type { SharedState } from "../contract/shared-state.ts";
import { sha256 } from "../sha256.ts";
import { SharedKey } from "./shared-key.ts";
import { SharedRedis } from "./shared-redis.ts";

/** Options of `sharedState`. */
export interface SharedStateOptions {
  /**
   * The prefix of all keys in Redis.
   *
   * @default "acc"
   */
  readonly prefix?: string;
  /**
   * How long a call waits for Redis, in ms; then its machine goes on by itself until Redis answers
   * again.
   *
   * @default 250
   */
  readonly patience?: number;
}

/** The number of vendors' keys at which unused ones are removed. */
const manyKeys = 1_000;
/** Milliseconds without use after which a key is removed. */
const unused = 600_000;

/** Increments a counter that expires a day after its last use. */
const turnScript = `
local turn = redis.call("INCR", KEYS[1])
redis.call("PEXPIRE", KEYS[1], 86400000)
return turn`;

/**
 * Shares cooldowns, the pace of each key and the turns of pools among all machines that use this
 * Redis; pass it to clients as their option `state`. The caller connects and closes the client (or
 * cluster) of `redis` or `ioredis`, whose user must be allowed to run scripts (EVAL). No vendor's
 * key, prompt or answer is sent to Redis: a key is identified by a hash.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` if it is not a client of Redis
 */
export function sharedState(client: RedisClient, options: SharedStateOptions = {}): SharedState {
  const { prefix = "acc", patience = 250 } = options;
  const link = new SharedRedis(client, patience);
  const keys = new Map<string, SharedKey>();
  const nameOf = (kind: string, name: string) =>
    `${prefix}:state:${kind}:${sha256(`${kind} ${name}`).toString("base64url")}`;
  return {
    get away() {
      return link.away;
    },
    credential(name) {
      const now = performance.now();
      const known = keys.get(name) ?? new SharedKey(link, nameOf("key", name));
      known.usedAt = now;
      if (keys.size >= manyKeys && !keys.has(name)) {
        for (const [other, key] of keys) if (now - key.usedAt > unused) keys.delete(other);
      }
      keys.set(name, known);
      return known;
    },
    async turn(pool) {
      let late = () => {};
      const alone = new Promise<number>((resolve) => {
        late = () => resolve(0);
      });
      const asked = link.send("EVAL", turnScript, "1", nameOf("pool", pool)).then(Number);
      return await Promise.race([link.inTime(asked, late), alone]).catch(() => 0);
    },
  };
}
