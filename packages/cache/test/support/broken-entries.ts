import { type Broken, broken } from "./break-a-store.ts";

const listed = "entries lists every key once, with its size and expiry";

export const brokenEntries: readonly Broken[] = [
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
];
