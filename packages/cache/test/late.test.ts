import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { plainCodec } from "../src/codec/plain-codec.ts";
import { CacheError, type CacheStore, openCache, type StoredRecord } from "../src/index.ts";
import { Tally } from "../src/stats/tally.ts";
import { Tier } from "../src/tier/tier.ts";

/** A store whose writes are held until they are let go, as a client without a connection holds them. */
function heldStore() {
  const records = new Map<string, StoredRecord>();
  const held: (() => void)[] = [];
  const store: CacheStore = {
    name: "held",
    get: async (key) => records.get(key),
    set: (key, record) =>
      new Promise((resolve) => {
        held.push(() => {
          records.set(key, record);
          resolve();
        });
      }),
    delete: async (key) => records.delete(key),
  };
  const letGo = () => {
    for (const write of held.splice(0)) write();
  };
  return { store, records, letGo };
}

// redis/ioredis#2130: a command that was given up is made after all once there is a connection
test("a write that comes after it was given up does not bring back what was deleted", async () => {
  const { store, records, letGo } = heldStore();
  const cache = openCache({ store: [store] });
  const cid = cache.key({ a: 1 });
  await cache.getOrCompute(cid, async () => "old");
  expect(await cache.delete(cid)).toBe(false);
  letGo();
  await expect.poll(() => records.size).toBe(0);
  expect(await cache.get(cid)).toBeUndefined();
});

// redis/redis#2746: out of memory, Redis refuses to write and lets keys be deleted; disks do so too
test("a set that a store refused leaves nothing of what it was to replace", async () => {
  const records = new Map<string, StoredRecord>();
  let full = false;
  const store: CacheStore = {
    name: "full",
    get: async (key) => records.get(key),
    async set(key, record) {
      if (full) throw new Error("OOM command not allowed when used memory > 'maxmemory'.");
      records.set(key, record);
    },
    delete: async (key) => records.delete(key),
  };
  const cache = openCache({ store: [store] });
  const cid = cache.key({ a: 1 });
  await cache.set(cid, "old");
  full = true;
  expect(await cache.set(cid, "new")).toBe(false);
  expect(await cache.get(cid)).toBeUndefined();
});

test("clear ends though writes never cease", async () => {
  const { store } = heldStore();
  const records = new Map<string, StoredRecord>();
  const busy: CacheStore = {
    ...store,
    set: async (key, record) => {
      await sleep(2);
      records.set(key, record);
    },
    clear: async () => records.size,
  };
  const cache = openCache({ store: [busy] });
  let over = false;
  const writers = Array.from({ length: 20 }, async (_, writer) => {
    for (let i = 0; !over; i++) await cache.set(cache.key({ writer, i }), "x");
  });
  await sleep(20);
  const cleared = await Promise.race([cache.clear(), sleep(3000).then(() => "waits")]);
  over = true;
  await Promise.all(writers);
  expect(cleared).toBeTypeOf("number");
});

test("a clear of a tenant that a store could not make, its keys being hidden, is told", async () => {
  const { store } = heldStore();
  const blind: CacheStore = { ...store, set: () => undefined, clear: () => 0 };
  const cache = openCache({ store: [blind], encryptionKey: new Uint8Array(32) });
  await expect(cache.clear({ tenant: "acme" })).rejects.toMatchObject({
    code: "NOT_REMOVED",
    failed: ["held"],
  });
  expect(await cache.clear()).toBe(0);
});

/** A tier over a store that another process has locked for so many tries. */
function lockedTier(tries: number, failure = new CacheError("STORE_BUSY", "It is locked.")) {
  const asked = { deletes: 0, gone: 0 };
  const store: CacheStore = {
    name: "locked",
    get: () => undefined,
    set: () => {
      throw failure;
    },
    delete: () => {
      if (asked.deletes++ < tries) throw failure;
      asked.gone++;
      return true;
    },
  };
  const tier = new Tier(
    store,
    new Tally(),
    () => plainCodec,
    () => "me",
  );
  return { tier, asked };
}

test("what a lock kept from being removed is removed when the lock is let go", async () => {
  // The lock outlasts the patience of the removal itself, 0.9 s in steps of 20 ms.
  const { tier, asked } = lockedTier(50);
  expect(await tier.remove("key")).toBeUndefined();
  tier.removeLater("key");
  tier.removeLater("key");
  expect(asked.gone).toBe(0);
  await expect.poll(() => asked.gone, { timeout: 5000 }).toBe(1);
  await sleep(600);
  expect(asked.gone).toBe(1);
  await tier.close();
});

test("what no lock kept from being removed is not tried again, nor is anything of a closed tier", async () => {
  const broken = lockedTier(1, new CacheError("STORE_TIMEOUT", "It does not answer."));
  expect(await broken.tier.remove("key")).toBeUndefined();
  broken.tier.removeLater("key");
  const closed = lockedTier(50);
  expect(await closed.tier.remove("key")).toBeUndefined();
  closed.tier.removeLater("key");
  await closed.tier.close();
  await sleep(600);
  expect([broken.asked.gone, closed.asked.gone]).toEqual([0, 0]);
});
