import assert from "node:assert/strict";
import type { CacheStore, StoredRecord } from "../store/store.ts";
import { KEYS, sample } from "./sample.ts";
import type { Rule } from "./test-cache-store.ts";

export const basicRules: readonly Rule[] = [
  {
    name: "get of what was never set is undefined",
    async check(store) {
      assert.equal(await store.get(KEYS[0]), undefined);
    },
  },
  {
    name: "get gives back the bytes and the expiry that were set",
    async check(store) {
      const record = sample(1, 3000);
      await store.set(KEYS[0], record);
      await assertHolds(store, KEYS[0], record);
    },
  },
  {
    name: "keys that end alike are different keys",
    async check(store) {
      const records = KEYS.map((_, index) => sample(index));
      for (const [index, key] of KEYS.entries()) await store.set(key, records[index] as never);
      for (const [index, key] of KEYS.entries()) {
        await assertHolds(store, key, records[index] as StoredRecord);
      }
    },
  },
  {
    name: "set replaces what was there",
    async check(store) {
      await store.set(KEYS[0], sample(1));
      await store.set(KEYS[0], sample(2, 50));
      await assertHolds(store, KEYS[0], sample(2, 50));
    },
  },
  {
    name: "an empty record and a record of 2 MiB come back whole",
    async check(store) {
      for (const size of [0, 2 * 1024 * 1024]) {
        await store.set(KEYS[0], sample(3, size));
        await assertHolds(store, KEYS[0], sample(3, size));
      }
    },
  },
  {
    name: "an expiry of Infinity is kept",
    async check(store) {
      const record = { ...sample(4), expiresAt: Number.POSITIVE_INFINITY };
      await store.set(KEYS[1], record);
      assert.equal((await store.get(KEYS[1]))?.expiresAt, Number.POSITIVE_INFINITY);
    },
  },
  {
    name: "delete says whether there was something, and it is gone",
    async check(store) {
      await store.set(KEYS[0], sample(5));
      assert.equal(await store.delete(KEYS[0]), true);
      assert.equal(await store.get(KEYS[0]), undefined);
      assert.equal(await store.delete(KEYS[0]), false);
    },
  },
];

async function assertHolds(store: CacheStore, key: string, expected: StoredRecord): Promise<void> {
  const found = await store.get(key);
  assert.ok(found, `nothing under ${key}`);
  assert.deepEqual(Buffer.from(found.bytes), Buffer.from(expected.bytes));
  assert.ok(Math.abs(found.expiresAt - expected.expiresAt) < 1000, "the expiry changed");
}
