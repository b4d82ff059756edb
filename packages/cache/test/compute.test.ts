import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { CacheError, memoryStore, openCache } from "../src/index.ts";

const open = (options = {}) => openCache({ store: [memoryStore()], ...options });

function gate<T>() {
  let release: (value: T) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    release = resolve;
    fail = reject;
  });
  return { promise, release, fail };
}

test("an error reaches all who wait and is not stored", async () => {
  const cache = open();
  const cid = cache.key({ a: 1 });
  const { promise, fail } = gate<number>();
  const waiting = [1, 2, 3].map(async () => cache.getOrCompute(cid, () => promise));
  const error = new Error("upstream");
  fail(error);
  const settled = await Promise.allSettled(waiting);
  expect(settled.map((each) => each.status === "rejected" && each.reason)).toEqual([
    error,
    error,
    error,
  ]);
  expect(await cache.getOrCompute(cid, async () => 2)).toMatchObject({ outcome: "computed" });
});

test("who aborts leaves alone; when all have, the computation is aborted and nothing stored", async () => {
  const cache = open();
  const cid = cache.key({ a: 1 });
  let upstream: AbortSignal | undefined;
  const { promise, release } = gate<number>();
  const compute = (signal: AbortSignal) => {
    upstream = signal;
    return promise;
  };
  const first = new AbortController();
  const second = new AbortController();
  const one = cache.getOrCompute(cid, compute, { signal: first.signal });
  const two = cache.getOrCompute(cid, compute, { signal: second.signal });
  const settled = Promise.allSettled([one, two]);
  await sleep(1);
  first.abort(new Error("first left"));
  await expect(one).rejects.toThrow("first left");
  expect(upstream?.aborted).toBe(false);
  second.abort(new Error("second left"));
  await settled;
  await expect(two).rejects.toThrow("second left");
  expect(upstream?.aborted).toBe(true);
  release(1);
  await sleep(1);
  expect(cache.get(cid)).toBeUndefined();
  expect(await cache.getOrCompute(cid, async () => 2)).toMatchObject({
    outcome: "computed",
    value: 2,
  });
});

test("a caller whose signal is aborted already computes nothing", async () => {
  const cache = open();
  const signal = AbortSignal.abort(new Error("too late"));
  let runs = 0;
  const call = async () => cache.getOrCompute(cache.key({}), async () => ++runs, { signal });
  await expect(call()).rejects.toThrow("too late");
  expect(runs).toBe(0);
});

test("refresh computes anew, does not join who looks, and replaces", async () => {
  const cache = open();
  const cid = cache.key({ a: 1 });
  await cache.set(cid, "old");
  expect(await cache.getOrCompute(cid, async () => "new", { refresh: true })).toMatchObject({
    outcome: "computed",
    value: "new",
  });
  expect(await cache.getOrCompute(cid, async () => "other")).toMatchObject({ value: "new" });
});

test.each([
  ["shouldStore says no", () => false],
  [
    "shouldStore throws",
    () => {
      throw new Error("broken");
    },
  ],
])("%s: the value is given and not stored, with the reason in an event", async (_, shouldStore) => {
  const reasons: string[] = [];
  const cache = open({
    onEvent: (event: { type: string; reason?: string }) => {
      if (event.type === "not-stored") reasons.push(event.reason ?? "");
    },
  });
  const cid = cache.key({ a: 1 });
  expect(await cache.getOrCompute(cid, async () => 1, { shouldStore })).toMatchObject({ value: 1 });
  expect(cache.get(cid)).toBeUndefined();
  expect(reasons).toHaveLength(1);
});

test.each([
  ["a Date", () => ({ at: new Date(0) })],
  ["NaN", () => [Number.NaN]],
  ["a BigInt", () => 1n],
  ["a Map", () => new Map()],
  ["undefined", () => undefined],
  ["bytes", () => new Uint8Array(1)],
])("%s cannot be stored, and is given to the caller as it is", async (_, make) => {
  const cache = open();
  const cid = cache.key({ a: 1 });
  const made = make();
  const answer = await cache.getOrCompute<unknown>(cid, async () => made);
  expect(answer.value).toBe(made);
  expect(await cache.set(cid, made)).toBe(false);
  expect(cache.get(cid)).toBeUndefined();
});

test("a cycle cannot be stored either", async () => {
  const cache = open();
  const cycle: unknown[] = [];
  cycle.push(cycle);
  expect(await cache.set(cache.key({}), cycle)).toBe(false);
});

test("wrong options are refused before anything is computed", () => {
  const cache = open();
  const cid = cache.key({});
  const compute = async () => {
    throw new Error("computed");
  };
  for (const options of [
    { ttl: -1 },
    { ttl: Number.NaN },
    { tenant: "" },
    { namespace: "\ud800" },
  ]) {
    expect(() => cache.getOrCompute(cid, compute, options)).toThrow(CacheError);
  }
  for (const wrong of ["", "../../etc/passwd", `${cid}x`, cid.toUpperCase()]) {
    expect(() => cache.get(wrong)).toThrow(/is not a CID/);
  }
  expect(() => openCache({ ttl: -1 })).toThrow("The option ttl is -1");
  expect(() => openCache({ maxBytes: 0 })).toThrow("The option maxBytes is 0");
  expect(() => openCache({ memoryBytes: -1 })).toThrow("The option memoryBytes is -1");
  expect(() => openCache({ encryptionKey: new Uint8Array(3) })).toThrow(/encryptionKey/);
});

test("stats tell hits by tier, joins, misses, stores, time and money saved", async () => {
  const cache = open();
  const cid = cache.key({ a: 1 });
  const compute = () => sleep(20, { text: "x" });
  const options = { cost: () => 0.25 };
  await Promise.all([1, 2].map(() => cache.getOrCompute(cid, compute, options)));
  await cache.getOrCompute(cid, compute, options);
  const { session } = await cache.stats();
  expect(session).toMatchObject({ hits: { memory: 1 }, misses: 1, joined: 1, stores: 1 });
  expect(session.savedMs).toBeGreaterThan(30);
  expect(session.savedCost).toBeCloseTo(0.5);
});

test("a closed cache answers misses, computes and stores nothing", async () => {
  const cache = open();
  const cid = cache.key({});
  await cache.set(cid, 1);
  await cache.close();
  await cache.close();
  expect(await cache.get(cid)).toBeUndefined();
  expect(await cache.set(cid, 1)).toBe(false);
  expect(await cache.getOrCompute(cid, async () => 2)).toMatchObject({ value: 2 });
});
