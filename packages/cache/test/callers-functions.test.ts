import { afterEach, beforeEach, expect, test } from "vitest";
import { type CacheOptions, memoryStore, openCache } from "../src/index.ts";

const unheard: unknown[] = [];
const hear = (reason: unknown) => void unheard.push(reason);
beforeEach(() => void process.on("unhandledRejection", hear));
afterEach(() => {
  process.off("unhandledRejection", hear);
  expect(unheard.splice(0)).toEqual([]);
});

const inMemory = (options: CacheOptions = {}) => openCache({ store: [memoryStore()], ...options });
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
const reject = async (): Promise<never> => {
  throw new Error("of the caller's");
};

// EventEmitter2/EventEmitter2#310: what an async listener rejects with ended the process
test("an async listener that rejects disturbs nobody", async () => {
  const cache = inMemory({ onEvent: reject });
  expect(await cache.set(cache.key({ a: 1 }), 1)).toBe(true);
  await turn();
});

test("an async shouldStore gives no answer in time: nothing is stored, whatever it says", async () => {
  const reasons: string[] = [];
  const cache = inMemory({
    onEvent: (event) => event.type === "not-stored" && reasons.push(event.reason),
  });
  const cid = cache.key({ a: 1 });
  for (const later of [async () => false, async () => true, reject]) {
    const shouldStore = later as unknown as () => boolean;
    const cost = later as unknown as () => number;
    expect(await cache.getOrCompute(cid, async () => 1, { shouldStore, cost })).toMatchObject({
      value: 1,
    });
    expect(cache.get(cid)).toBeUndefined();
  }
  expect(new Set(reasons)).toEqual(new Set(["shouldStore is asynchronous"]));
  await turn();
});

test("a stream whose keep throws is read to its end and not stored", async () => {
  const cache = inMemory();
  const cid = cache.key({ a: 1 });
  async function* produce() {
    yield* [1, 2];
  }
  const keep = () => {
    throw new Error("of the caller's");
  };
  const read: unknown[] = [];
  for await (const part of (await cache.getOrStream(cid, produce, { keep })).parts) read.push(part);
  expect(read).toEqual([1, 2]);
  await turn();
  expect(cache.get(cid)).toBeUndefined();
});

/** As JSON.parse gives it for a reply of some kilobytes. */
const deep: unknown = JSON.parse("[".repeat(20_000) + "]".repeat(20_000));

// planttheidea/fast-copy#137: what parses cleanly may be too deep for a recursive copy
test.each([
  ["too deep for the stack", () => deep],
  [
    "with a getter that throws",
    () => ({
      get x() {
        throw new Error("of the caller's");
      },
    }),
  ],
  [
    "with a proxy that was revoked",
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return { proxy };
    },
  ],
])("an answer %s is given to its caller and not stored", async (_, make) => {
  const cache = inMemory();
  const cid = cache.key({ a: 1 });
  const value = make();
  expect((await cache.getOrCompute(cid, async () => value)).value === value).toBe(true);
  expect(await cache.set(cid, value)).toBe(false);
  const answer = await cache.getOrCompute(cid, async () => "paid", { metadata: value });
  expect(answer).toEqual({ outcome: "computed", value: "paid" });
  expect(cache.get(cid)).toBeUndefined();
  await turn();
});

test("what is kept beside a value counts in the bound of memory", async () => {
  const cache = openCache({ store: [memoryStore({ maxBytes: 1_000_000 })] });
  for (let i = 0; i < 20; i++) {
    await cache.set(cache.key({ i }), 1, { metadata: "m".repeat(100_000) });
  }
  const [tier] = (await cache.stats()).tiers;
  expect(tier?.entries).toBeLessThan(10);
  expect(tier?.bytes).toBeLessThanOrEqual(1_000_000);
});

test.each<[string, object]>([
  ["store", { store: {} }],
  ["store", { store: [null] }],
  ["store", { store: [{ name: "mine", get: () => undefined, set: () => undefined }] }],
  ["now", { now: 5 }],
  ["directory", { directory: "" }],
  ["directory", { directory: 5 }],
])("%s is refused when the cache is opened: %o", (name, options) => {
  expect(() => openCache(options as CacheOptions)).toThrow(
    expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringContaining(name) }),
  );
});
