import { setTimeout } from "node:timers/promises";
import type { CacheStore, StoredRecord } from "../../src/index.ts";
import { type Kept, minimalStore, nothingKept } from "./minimal-store.ts";

/** A store with one fault, and the rule that it breaks. */
export interface Broken {
  readonly fault: string;
  readonly rule: string;
  readonly open: (kept: Kept) => CacheStore;
}

type Minimal = ReturnType<typeof minimalStore>;

const broken = (
  rule: string,
  fault: string,
  change: (store: Minimal, kept: Kept) => Partial<CacheStore>,
): Broken => ({
  rule,
  fault,
  open: (kept) => {
    const store = minimalStore(kept);
    return { ...store, ...change(store, kept) };
  },
});

/** Keeps another record than it is given. */
const altered =
  (alter: (record: StoredRecord) => StoredRecord) =>
  (store: Minimal): Partial<CacheStore> => ({
    set: (key, record) => store.set(key, alter(record)),
  });

/** Keeps it under another key. */
const rekeyed =
  (other: (key: string) => string) =>
  (store: Minimal): Partial<CacheStore> => ({
    get: (key) => store.get(other(key)),
    set: (key, record) => store.set(other(key), record),
    delete: (key) => store.delete(other(key)),
  });

const bytes = "get gives back the bytes and the expiry that were set";
const keys = "keys that end alike are different keys";
const whole = "an empty record and a record of 2 MiB come back whole";
const removed = "delete says whether there was something, and it is gone";
const listed = "entries lists every key once, with its size and expiry";
const lease = "a lease is held by one, until it is released";
const made = "a change that is noted is made, and gives what it gave";
const news = "the news are what was noted since a position, in its order, and nothing before it";
const again = "who looks while a change is made learns of it once more when it is made";
const misses = "a computation that looks before and after it stores misses no change";
const others = "what was set is there for another process before the store is closed";

const empty: StoredRecord = { bytes: new Uint8Array(), expiresAt: Number.POSITIVE_INFINITY };
const asText = ({ bytes, expiresAt }: StoredRecord): StoredRecord => ({
  bytes: Buffer.from(Buffer.from(bytes).toString("utf8")),
  expiresAt,
});

export const brokenStores: readonly Broken[] = [
  broken("get of what was never set is undefined", "gives an empty record", (store) => ({
    get: async (key) => (await store.get(key)) ?? empty,
  })),
  broken("get of what was never set is undefined", "throws", (store) => ({
    get: async (key) => {
      const found = await store.get(key);
      if (found === undefined) throw new Error("There is no such key.");
      return found;
    },
  })),
  broken(bytes, "keeps the bytes as text", altered(asText)),
  broken(
    bytes,
    "counts the expiry in seconds",
    altered((record) => ({ ...record, expiresAt: record.expiresAt / 1000 })),
  ),
  broken(
    keys,
    "keeps by the end of a key",
    rekeyed((key) => key.split("/").at(-1) ?? ""),
  ),
  broken(
    keys,
    "decodes a key",
    rekeyed((key) => decodeURIComponent(key).replace("t/1/", "/")),
  ),
  broken("set replaces what was there", "keeps the first record", (store) => ({
    set: async (key, record) => {
      if ((await store.get(key)) === undefined) await store.set(key, record);
    },
  })),
  broken("set replaces what was there", "writes over the bytes that were there", (store) => ({
    set: async (key, { bytes: written, expiresAt }) => {
      const old = (await store.get(key))?.bytes ?? new Uint8Array();
      await store.set(key, {
        bytes: Buffer.concat([written, old.slice(written.length)]),
        expiresAt,
      });
    },
  })),
  broken(
    whole,
    "cuts after 1 MiB",
    altered((record) => ({ ...record, bytes: record.bytes.slice(0, 1024 * 1024) })),
  ),
  broken(whole, "takes an empty record for none", (store) => ({
    get: async (key) => {
      const found = await store.get(key);
      return found?.bytes.length === 0 ? undefined : found;
    },
  })),
  broken(
    "an expiry of Infinity is kept",
    "keeps the expiry as JSON",
    altered((record) => ({ ...record, expiresAt: JSON.parse(JSON.stringify(record.expiresAt)) })),
  ),
  broken("an expiry that is far off is kept", "takes whole numbers alone", (store) => ({
    set: async (key, record) => {
      const { expiresAt } = record;
      const isCounted = Number.isSafeInteger(expiresAt) || expiresAt === Number.POSITIVE_INFINITY;
      if (!isCounted) throw new Error("value is not an integer or out of range");
      await store.set(key, record);
    },
  })),
  broken(removed, "says yes to every key", (store) => ({
    delete: async (key) => {
      await store.delete(key);
      return true;
    },
  })),
  broken(removed, "leaves it there", (_, { records }) => ({
    delete: async (key) => records.has(key),
  })),
  broken(listed, "lists the first entries alone", (_, { records }) => ({
    async *entries() {
      for (const [key, { bytes, expiresAt }] of [...records].slice(0, 2)) {
        yield { key, bytes: bytes.length, expiresAt };
      }
    },
  })),
  broken(listed, "counts no bytes", (_, { records }) => ({
    async *entries() {
      for (const [key, { expiresAt }] of records) yield { key, bytes: 0, expiresAt };
    },
  })),
  broken("entries lists what is over its time until prune removes it", "prunes nothing", () => ({
    prune: async () => ({ expired: 0, evicted: 0 }),
  })),
  broken("entries lists what is over its time until prune removes it", "prunes all", (store) => ({
    prune: async () => ({ expired: (await store.clear()) - 1, evicted: 0 }),
  })),
  broken("size agrees with entries", "counts in KiB", (store) => ({
    size: async () => {
      const { entries, bytes: exact } = await store.size();
      return { entries, bytes: Math.ceil(exact / 1024) };
    },
  })),
  broken("clear deletes what matches and returns how many", "deletes all", (store) => ({
    clear: () => store.clear(),
  })),
  broken("clear without a condition deletes everything", "asks for a condition", (store) => ({
    clear: (matches = () => false) => store.clear(matches),
  })),
  broken("counters add up", "keeps the last amount", (store, { sums }) => ({
    counters: {
      ...store.counters,
      add: (amounts) => {
        for (const [name, amount] of Object.entries(amounts)) sums.set(name, amount);
      },
    },
  })),
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
  broken(
    "entries ends though what it lists is read and replaced meanwhile",
    "walks a list of recent use",
    (store, { records }) => ({
      get: async (key) => {
        const record = records.get(key);
        if (record && records.delete(key)) records.set(key, record);
        return record;
      },
      entries: store.entries,
    }),
  ),
  broken(made, "makes no change", ({ invalidations }) => ({
    invalidations: { ...invalidations, around: async () => undefined as never },
  })),
  broken(made, "hides what the change throws", ({ invalidations }) => ({
    invalidations: {
      ...invalidations,
      around: (note, change) => invalidations.around(note, change).catch(() => undefined as never),
    },
  })),
  broken(news, "gives everything each time", ({ invalidations }, { notes }) => ({
    invalidations: { ...invalidations, since: async () => ({ position: "0", notes }) },
  })),
  broken(news, "forgets who said it", ({ invalidations }) => ({
    invalidations: {
      ...invalidations,
      around: (note, change) => invalidations.around({ ...note, author: "" }, change),
    },
  })),
  broken(
    again,
    "notes a change before it is made, and no more",
    ({ invalidations }, { notes }) => ({
      invalidations: {
        ...invalidations,
        around: async (note, change) => {
          notes.push(note);
          return await change();
        },
      },
    }),
  ),
  broken(
    misses,
    "notes a change after it is made, and not before",
    ({ invalidations }, { notes }) => ({
      invalidations: {
        ...invalidations,
        around: async (note, change) => {
          const given = await change();
          notes.push(note);
          return given;
        },
      },
    }),
  ),
  broken(
    "what was noted stays news when the record that it came with has gone",
    "forgets with a record what was noted with it",
    (store, { notes }) => ({
      delete: async (key) => {
        notes.splice(0, notes.length);
        return store.delete(key);
      },
    }),
  ),
  {
    rule: "another process reads what was noted",
    fault: "keeps its notes for itself",
    open: (kept) => minimalStore({ ...kept, notes: [] }),
  },
  {
    rule: others,
    fault: "writes when it is closed",
    open: ({ records }) => {
      const here = nothingKept();
      return {
        ...minimalStore(here),
        close: () => {
          for (const [key, record] of here.records) records.set(key, record);
        },
      };
    },
  },
  {
    rule: "a closed store can be opened again",
    fault: "throws away what it has when it is closed",
    open: (kept) => ({ ...minimalStore(kept), close: () => kept.records.clear() }),
  },
];
