import type { CacheStore, Invalidation, InvalidationNews, StoredRecord } from "../../src/index.ts";

/** What a store keeps, as a disk does: it outlives the store. */
export interface Kept {
  readonly records: Map<string, StoredRecord>;
  readonly sums: Map<string, number>;
  readonly leases: Map<string, { token: string; declined?: true }>;
  readonly notes: Invalidation[];
}

export const nothingKept = (): Kept => ({
  records: new Map(),
  sums: new Map(),
  leases: new Map(),
  notes: [],
});

/** A store that keeps every rule and has every capability. */
export function minimalStore({ records, sums, leases, notes }: Kept) {
  return {
    name: "minimal",
    get: async (key: string) => records.get(key),
    set: async (key: string, record: StoredRecord) => void records.set(key, record),
    delete: async (key: string) => records.delete(key),
    async *entries() {
      for (const [key, { bytes, expiresAt }] of records) {
        yield { key, bytes: bytes.byteLength, expiresAt };
      }
    },
    size: async () => {
      const sizes = [...records.values()].map(({ bytes }) => bytes.byteLength);
      return { entries: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
    },
    clear: async (matches: (key: string) => boolean = () => true) => {
      const keys = [...records.keys()].filter(matches);
      for (const key of keys) records.delete(key);
      return keys.length;
    },
    prune: async (now: number) => {
      const expired = [...records].filter(([, { expiresAt }]) => expiresAt <= now);
      for (const [key] of expired) records.delete(key);
      return { expired: expired.length, evicted: 0 };
    },
    leases: {
      acquire: async (key: string, token: string) => {
        const held = leases.get(key);
        if (held?.declined) return "declined" as const;
        if (held !== undefined) return "held" as const;
        leases.set(key, { token });
        return "acquired" as const;
      },
      renew: async () => undefined,
      release: async (key: string, token: string, outcome: "stored" | "declined") => {
        if (leases.get(key)?.token !== token) return;
        if (outcome === "stored") leases.delete(key);
        else leases.set(key, { token, declined: true });
      },
    },
    counters: {
      add: async (amounts: Readonly<Record<string, number>>) => {
        for (const [name, more] of Object.entries(amounts)) {
          sums.set(name, (sums.get(name) ?? 0) + more);
        }
      },
      read: async () => Object.fromEntries(sums),
    },
    invalidations: {
      around: async <T>(note: Invalidation, change: () => T | Promise<T>): Promise<T> => {
        notes.push(note);
        const made = await change();
        notes.push(note);
        return made;
      },
      since: async (position?: string): Promise<InvalidationNews> => ({
        position: String(notes.length),
        notes: position === undefined ? [] : notes.slice(Number(position)),
      }),
    },
    close: async () => undefined,
  } satisfies CacheStore;
}
