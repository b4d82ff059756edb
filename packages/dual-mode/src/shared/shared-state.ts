import type { RedisClient } from "@acc/cache";
import type { SharedState } from "../contract/shared-state.ts";
import { sha256 } from "../sha256.ts";
import { SharedKey } from "./shared-key.ts";
import { SharedRedis } from "./shared-redis.ts";

/** How machines share what they know. */
export interface SharedStateOptions {
  /** Begins every key in Redis. @default "acc" */
  readonly prefix?: string;
  /**
   * Milliseconds for which a call waits for Redis; then its machine goes on by itself, until Redis
   * answers again. @default 250
   */
  readonly patience?: number;
}

/** Keys of vendors at which those that are not used any more are looked for. */
const manyKeys = 1_000;
/** Milliseconds. */
const unused = 600_000;

/** Adds one to a count that lasts for a day after it was last asked for. */
const turnScript = `
local turn = redis.call("INCR", KEYS[1])
redis.call("PEXPIRE", KEYS[1], 86400000)
return turn`;

/**
 * Cooldowns, the pace of each key and the turns of pools, for all machines that have this Redis: give
 * it to clients as their option `state`. The client (or cluster) of `redis` or `ioredis` is connected
 * and closed by the caller; its user must be let run scripts (EVAL). No key of a vendor, and no prompt
 * or answer, gets to Redis: a key goes by a hash.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` for what is not a client of Redis
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
