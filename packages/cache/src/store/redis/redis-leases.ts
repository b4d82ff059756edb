import { DECLINED_LIFE, LEASE_LIFE } from "../lease-record.ts";
import { isGone, type Owner, thisProcess } from "../owner.ts";
import type { LeaseStore } from "../store.ts";
import type { Send } from "./redis-client.ts";

/** Each compares what is there with what the caller knows of it, and acts in the same moment. */
const IF_SAME = "if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end ";
const REPLACE = `${IF_SAME} redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) return 1`;
const EXTEND = `${IF_SAME} return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;
const REMOVE = `${IF_SAME} return redis.call('DEL', KEYS[1])`;

const DECLINED = "declined";

/** Redis counts the time, for the clocks of machines differ. */
export function redisLeases(send: Send, prefix: string): LeaseStore {
  return {
    async acquire(key, token) {
      const mine = lease(token);
      const taken = await send("SET", prefix + key, mine, "NX", "PX", String(LEASE_LIFE));
      if (taken !== null) return "acquired";
      const found = await send("GET", prefix + key);
      // It ran out between the two commands: the next look takes it.
      if (!Buffer.isBuffer(found)) return "held";
      const current = String(found);
      if (current === DECLINED) return "declined";
      if (!isGone(ownerOf(current))) return "held";
      const life = String(LEASE_LIFE);
      const replaced = await send("EVAL", REPLACE, "1", prefix + key, current, mine, life);
      return Number(replaced) === 1 ? "acquired" : "held";
    },
    async renew(key, token) {
      await send("EVAL", EXTEND, "1", prefix + key, lease(token), String(LEASE_LIFE));
    },
    async release(key, token, outcome) {
      const mine = lease(token);
      if (outcome === "stored") await send("EVAL", REMOVE, "1", prefix + key, mine);
      else {
        const life = String(DECLINED_LIFE);
        await send("EVAL", REPLACE, "1", prefix + key, mine, DECLINED, life);
      }
    },
  };
}

function lease(token: string): string {
  return JSON.stringify({ token, owner: thisProcess() });
}

function ownerOf(text: string): Owner {
  return (JSON.parse(text) as { owner: Owner }).owner;
}
