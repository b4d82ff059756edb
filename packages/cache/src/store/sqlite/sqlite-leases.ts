import {
  DECLINED_LIFE,
  LEASE_LIFE,
  type LeaseRecord,
  leaseState,
  parseLease,
} from "../lease-record.ts";
import { thisProcess } from "../owner.ts";
import type { LeaseStore } from "../store.ts";
import type { Connection, Prepare } from "./connection.ts";

export function sqliteLeases(connection: Connection): LeaseStore {
  return {
    acquire(key, token) {
      return connection.use((_, prepare) => {
        // Most attempts find a lease that is held: they write nothing and lock nobody out.
        const state = leaseState(find(prepare, key), Date.now());
        if (state !== "free") return state;
        return connection.transaction(() => take(prepare, key, token));
      });
    },
    renew(key, token) {
      connection.transaction((prepare) => {
        if (find(prepare, key)?.token === token) put(prepare, key, lease(token));
      });
    },
    release(key, token, outcome) {
      connection.transaction((prepare) => {
        if (find(prepare, key)?.token !== token) return;
        if (outcome === "declined")
          put(prepare, key, { ...lease(token, DECLINED_LIFE), declined: true });
        else prepare("DELETE FROM leases WHERE key = ?").run(key);
      });
    },
  };
}

function take(prepare: Prepare, key: string, token: string): "acquired" | "held" | "declined" {
  const state = leaseState(find(prepare, key), Date.now());
  if (state !== "free") return state;
  put(prepare, key, lease(token));
  return "acquired";
}

function lease(token: string, life: number = LEASE_LIFE): LeaseRecord {
  return { token, owner: thisProcess(), deadline: Date.now() + life, declined: false };
}

function find(prepare: Prepare, key: string): LeaseRecord | undefined {
  const row = prepare("SELECT lease FROM leases WHERE key = ?").get(key);
  try {
    return row && parseLease(String(row.lease));
  } catch {
    // An unreadable lease has no owner: the next process replaces it.
    return undefined;
  }
}

function put(prepare: Prepare, key: string, value: LeaseRecord): void {
  prepare(
    "INSERT INTO leases (key, lease) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET lease = excluded.lease",
  ).run(key, JSON.stringify(value));
}
