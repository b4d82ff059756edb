import { DECLINED_LIFE, LEASE_LIFE } from "../lease-record.ts";
import { isGone, type Owner, thisProcess } from "../owner.ts";
import type { LeaseStore } from "../store.ts";
import type { Send } from "./redis-client.ts";

const DECLINED = "declined";

/** How long a process has to take over the lease of a dead one, in ms. */
const TAKEOVER = "2000";

/**
 * Leases whose time Redis measures, because the clocks of machines differ. Without scripts, which
 * not every server allows. A lease can expire and be taken between a check and a change only if its
 * owner slept for most of the lease's life; at worst, one value is computed twice.
 */
export function redisLeases(send: Send, prefix: string): LeaseStore {
  const isMine = async (key: string, token: string) =>
    String(await send("GET", prefix + key)) === lease(token);
  return {
    async acquire(key, token) {
      const life = String(LEASE_LIFE);
      const mine = lease(token);
      const taken = await send("SET", prefix + key, mine, "NX", "PX", life);
      if (taken !== null) return "acquired";
      const found = await send("GET", prefix + key);
      // The lease expired between the two commands: the next attempt takes it.
      if (!Buffer.isBuffer(found)) return "held";
      const current = String(found);
      if (current === DECLINED) return "declined";
      const dead = parsed(current);
      if (!isGone(dead.owner)) return "held";
      const claim = `${prefix}${key}.${dead.token}`;
      if ((await send("SET", claim, token, "NX", "PX", TAKEOVER)) === null) return "held";
      if (String(await send("GET", prefix + key)) !== current) return "held";
      await send("SET", prefix + key, mine, "PX", life);
      return "acquired";
    },
    async renew(key, token) {
      if (await isMine(key, token)) await send("PEXPIRE", prefix + key, String(LEASE_LIFE));
    },
    async release(key, token, outcome) {
      if (!(await isMine(key, token))) return;
      if (outcome === "stored") await send("DEL", prefix + key);
      else await send("SET", prefix + key, DECLINED, "PX", String(DECLINED_LIFE));
    },
  };
}

function lease(token: string): string {
  return JSON.stringify({ token, owner: thisProcess() });
}

function parsed(text: string): { readonly token: string; readonly owner: Owner } {
  return JSON.parse(text);
}
