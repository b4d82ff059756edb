import assert from "node:assert/strict";
import type { CacheStore, StoredRecord } from "../store/store.ts";
import type { Rule } from "./rule.ts";
import { KEYS, sample } from "./sample.ts";

export const basicRules: readonly Rule[] = [
  {
    name: "get of what was never set is undefined",
    purpose: "Only then is the model asked; anything else is taken for an answer.",
    async check(store) {
      assert.equal(await store.get(KEYS[0]), undefined);
    },
  },
  {
    name: "get gives back the bytes and the expiry that were set",
    purpose: "A record with one byte changed is found to be damaged, and the answer is paid again.",
    async check(store) {
      const record = sample(1, 3000);
      await store.set(KEYS[0], record);
      await assertHolds(store, KEYS[0], record);
    },
  },
  {
    name: "keys that end alike are different keys",
    purpose: "A tenant must not be given what another asked.",
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
    purpose: "A caller who refreshes an answer must not be given the old one.",
    async check(store) {
      await store.set(KEYS[0], sample(1));
      await store.set(KEYS[0], sample(2, 50));
      await assertHolds(store, KEYS[0], sample(2, 50));
    },
  },
  {
    name: "an empty record and a record of 2 MiB come back whole",
    purpose: "A long answer that was cut is found to be damaged, and is paid again each time.",
    async check(store) {
      for (const size of [0, 2 * 1024 * 1024]) {
        await store.set(KEYS[0], sample(3, size));
        await assertHolds(store, KEYS[0], sample(3, size));
      }
    },
  },
  {
    name: "an expiry of Infinity is kept",
    purpose: "An answer that a caller keeps for ever must not go.",
    async check(store) {
      const record = { ...sample(4), expiresAt: Number.POSITIVE_INFINITY };
      await store.set(KEYS[1], record);
      assert.equal((await store.get(KEYS[1]))?.expiresAt, Number.POSITIVE_INFINITY);
    },
  },
  {
    name: "an expiry that is far off is kept",
    purpose: "An answer that is to live longer than the store can count must not be dropped.",
    async check(store) {
      for (const expiresAt of [1e17, 1e21]) {
        await store.set(KEYS[1], { ...sample(4), expiresAt });
        assert.equal((await store.get(KEYS[1]))?.expiresAt, expiresAt);
      }
    },
  },
  {
    name: "delete says whether there was something, and it is gone",
    purpose: "Who deletes an answer must know that it is gone.",
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
