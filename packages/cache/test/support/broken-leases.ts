import { setTimeout } from "node:timers/promises";
import { type Broken, broken } from "./break-a-store.ts";

const lease = "a lease is held by one, until it is released";

export const brokenLeases: readonly Broken[] = [
  broken(lease, "gives it to everyone", (store) => ({
    leases: { ...store.leases, acquire: () => "acquired" },
  })),
  broken(lease, "has one lease for all keys", (store) => ({
    leases: { ...store.leases, acquire: (_, token) => store.leases.acquire("all", token) },
  })),
  broken(lease, "never gives it back", (store) => ({
    leases: { ...store.leases, release: async () => undefined },
  })),
  broken(
    "a lease is not released by another's token",
    "does not look at the token",
    (store, kept) => ({
      leases: { ...store.leases, release: (key) => void kept.leases.delete(key) },
    }),
  ),
  broken(
    "a lease released as declined tells others not to wait",
    "forgets the outcome",
    (store) => ({
      leases: {
        ...store.leases,
        release: (key, token) => store.leases.release(key, token, "stored"),
      },
    }),
  ),
  broken("of many that ask at once, one has the lease", "looks, and then takes", (store, kept) => ({
    leases: {
      ...store.leases,
      acquire: async (key, token) => {
        if (kept.leases.has(key)) return "held";
        await setTimeout(5);
        kept.leases.set(key, { token });
        return "acquired";
      },
    },
  })),
];
