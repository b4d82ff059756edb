import assert from "node:assert/strict";
import type { CacheStore } from "../store/store.ts";
import type { Rule } from "./rule.ts";
import { KEYS, sample } from "./sample.ts";

export const capabilityRules: readonly Rule[] = [
  {
    name: "entries lists every key once, with its size and expiry",
    purpose: "clear of a namespace, verify and the sizes in stats see what is listed alone.",
    async check(store) {
      if (!store.entries) return;
      await fill(store);
      const found = await list(store);
      assert.deepEqual(found.map(({ key }) => key).sort(), [...KEYS].sort());
      for (const { bytes, expiresAt } of found) {
        assert.ok(bytes >= 100, `${bytes} bytes`);
        assert.ok(expiresAt > Date.now(), `expires at ${expiresAt}`);
      }
    },
  },
  {
    name: "entries lists what is over its time until prune removes it",
    purpose: "What is over its time is to be removed, and nothing else.",
    async check(store) {
      if (!store.entries || !store.prune) return;
      await store.set(KEYS[0], sample(1, 100, 60_000));
      await store.set(KEYS[1], sample(2, 100, 120_000));
      const { expired } = await store.prune(Date.now() + 90_000);
      assert.equal(expired, 1);
      assert.deepEqual(
        (await list(store)).map(({ key }) => key),
        [KEYS[1]],
      );
    },
  },
  {
    name: "entries ends though what it lists is read and replaced meanwhile",
    purpose: "A server that is asked for its sizes while it answers would never tell them.",
    async check(store) {
      if (!store.entries) return;
      await fill(store);
      const seen: string[] = [];
      for await (const { key } of store.entries()) {
        seen.push(key);
        assert.ok(seen.length <= KEYS.length, "a key comes again");
        await store.get(key);
        await store.set(key, sample(9));
      }
      assert.deepEqual(seen.sort(), [...KEYS].sort());
    },
  },
  {
    name: "size agrees with entries",
    purpose: "A bound that is kept by a wrong size is not kept.",
    async check(store) {
      if (!store.entries || !store.size) return;
      await fill(store);
      const found = await list(store);
      const bytes = found.reduce((sum, entry) => sum + entry.bytes, 0);
      assert.deepEqual(await store.size(), { entries: found.length, bytes });
    },
  },
  {
    name: "clear deletes what matches and returns how many",
    purpose: "Who clears one namespace must not lose the others, nor keep some of it.",
    async check(store) {
      if (!store.clear) return;
      await fill(store);
      assert.equal(await store.clear((key) => key.includes("/")), 2);
      assert.ok(await store.get(KEYS[0]));
      assert.equal(await store.get(KEYS[1]), undefined);
    },
  },
  {
    name: "clear without a condition deletes everything",
    purpose: "Who clears the cache must be sure that no answer is left.",
    async check(store) {
      if (!store.clear) return;
      await fill(store);
      assert.equal(await store.clear(), KEYS.length);
      for (const key of KEYS) assert.equal(await store.get(key), undefined);
    },
  },
  {
    name: "counters add up",
    purpose: "Statistics that lose a count are wrong for ever.",
    async check({ counters }) {
      if (!counters) return;
      await counters.add({ a: 1, b: 2.5 });
      await counters.add({ a: 2, "c.d": 4 });
      assert.deepEqual({ ...(await counters.read()) }, { a: 3, b: 2.5, "c.d": 4 });
    },
  },
];

async function fill(store: CacheStore): Promise<void> {
  for (const [index, key] of KEYS.entries()) await store.set(key, sample(index));
}

async function list(store: CacheStore) {
  const found = [];
  for await (const entry of store.entries?.() ?? []) found.push(entry);
  return found;
}
