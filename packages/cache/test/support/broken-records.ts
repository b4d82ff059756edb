import type { CacheStore, StoredRecord } from "../../src/index.ts";
import { type Broken, broken, type Minimal } from "./break-a-store.ts";

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
const empty: StoredRecord = { bytes: new Uint8Array(), expiresAt: Number.POSITIVE_INFINITY };

const asText = ({ bytes, expiresAt }: StoredRecord): StoredRecord => ({
  bytes: Buffer.from(Buffer.from(bytes).toString("utf8")),
  expiresAt,
});

export const brokenRecords: readonly Broken[] = [
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
];
