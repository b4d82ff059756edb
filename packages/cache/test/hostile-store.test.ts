import { expect, test } from "vitest";
import { type CacheEvent, type CacheStore, memoryStore, openCache } from "../src/index.ts";

const fail = () => {
  throw new Error("broken");
};
const hang = () => new Promise<never>(() => undefined);

const stores: Record<string, CacheStore> = {
  "throws at once": { name: "bad", get: fail, set: fail, delete: fail },
  rejects: {
    name: "bad",
    get: async () => fail(),
    set: async () => fail(),
    delete: async () => fail(),
  },
  hangs: { name: "bad", get: hang, set: hang, delete: hang },
  "gives rubbish": {
    name: "bad",
    get: () => ({ bytes: new Uint8Array([1, 2, 3]), expiresAt: Number.POSITIVE_INFINITY }),
    set: () => undefined,
    delete: () => true,
  },
};

test.each(Object.entries(stores))("a store that %s costs a miss", async (_, store) => {
  const events: CacheEvent[] = [];
  const cache = openCache({ store: [store], onEvent: (event) => events.push(event) });
  const cid = cache.key({ a: 1 });
  expect(await cache.get(cid)).toBeUndefined();
  expect(await cache.getOrCompute(cid, async () => 1)).toMatchObject({ value: 1 });
  // Whether it is there or not: who deletes must be told that it may be.
  const deleted = await Promise.resolve()
    .then(() => cache.delete(cid))
    .catch((error: unknown) => error);
  if (deleted !== true) {
    expect(deleted).toMatchObject({ code: "NOT_REMOVED", failed: ["bad"], retryable: true });
    await expect(cache.clear()).rejects.toMatchObject({ code: "NOT_REMOVED", failed: ["bad"] });
  }
  expect(events.some(({ type }) => type === "error" || type === "damaged")).toBe(true);
  const { session } = await cache.stats();
  expect(session.errors + session.damaged).toBeGreaterThan(0);
  await cache.close();
});

test("a tier that fails leaves the others to do the work", async () => {
  const store = [memoryStore(), stores["throws at once"] as CacheStore];
  const cache = openCache({ store });
  const cid = cache.key({ a: 1 });
  expect(await cache.set(cid, 1)).toBe(true);
  expect(cache.get(cid)).toMatchObject({ value: 1, tier: "memory" });
});

test("a listener that throws disturbs nobody", async () => {
  const cache = openCache({ store: [memoryStore()], onEvent: fail });
  const cid = cache.key({ a: 1 });
  expect(await cache.set(cid, 1)).toBe(true);
  expect(cache.get(cid)).toMatchObject({ value: 1 });
});

test.each(["ACC2", "ACS2"])(
  "a record %s of a later version is refused by a code and left as it is",
  async (magic) => {
    const record = { bytes: Buffer.from(`${magic} whatever comes then`), expiresAt: 1e15 };
    const store: CacheStore = {
      name: "later",
      get: () => record,
      set: () => undefined,
      delete: () => {
        throw new Error("deleted");
      },
    };
    const codes: unknown[] = [];
    const encryptionKey = magic === "ACS2" ? { encryptionKey: new Uint8Array(32) } : {};
    const cache = openCache({
      store: [store],
      onEvent: (event) =>
        event.type === "error" && codes.push(Reflect.get(event.error as object, "code")),
      ...encryptionKey,
    });
    expect(await cache.get(cache.key({ a: 1 }))).toBeUndefined();
    expect(codes).toEqual(["NEWER_FORMAT"]);
    expect((await cache.stats()).session.damaged).toBe(0);
  },
);
