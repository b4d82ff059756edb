import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { CacheError, filesStore, memoryStore, type ResponseCache } from "../src/index.ts";
import { listOf } from "./support/list-of.ts";
import { openTestCache, temporaryFolder } from "./support/temporary.ts";

const open = () => openTestCache({ store: [memoryStore()] });
const nothing = { hits: 0, misses: 0, joined: 0, savedMs: 0, savedCost: 0 };

async function byLabel(cache: ResponseCache) {
  return (await cache.stats()).session.byLabel;
}

test("a miss, a join and a hit count under the label of the call that had them", async () => {
  const cache = open();
  const cid = cache.key({ a: 1 });
  const ask = (label?: string) =>
    cache.getOrCompute(cid, () => sleep(20, "answer"), { label, cost: () => 0.25 });
  await Promise.all([ask("first"), ask("second"), ask()]);
  await ask("third");
  const counted = await byLabel(cache);
  const took = counted.third?.savedMs ?? 0;
  expect(took).toBeGreaterThan(15);
  expect(counted).toEqual({
    first: { ...nothing, misses: 1 },
    second: { ...nothing, joined: 1, savedMs: took, savedCost: 0.25 },
    third: { ...nothing, hits: 1, savedMs: took, savedCost: 0.25 },
  });
  const { session } = await cache.stats();
  expect(session).toMatchObject({ misses: 1, joined: 2, hits: { memory: 1 }, savedCost: 0.75 });
});

test("so do those of a stream", async () => {
  const cache = open();
  const cid = cache.key({ a: 1 });
  const ask = (label: string) =>
    cache.getOrStream(
      cid,
      async function* () {
        yield await sleep(20, "part");
      },
      { label },
    );
  const under = await Promise.all([ask("first"), ask("second")]);
  await Promise.all(under.map(({ parts }) => listOf(parts)));
  await listOf((await ask("third")).parts);
  const counted = await byLabel(cache);
  const took = counted.third?.savedMs ?? 0;
  expect(took).toBeGreaterThan(15);
  expect(counted).toEqual({
    first: { ...nothing, misses: 1 },
    second: { ...nothing, joined: 1, savedMs: took },
    third: { ...nothing, hits: 1, savedMs: took },
  });
});

test("a peek that finds nothing counts nothing, and the call behind it one miss", async () => {
  const directory = temporaryFolder();
  const cache = openTestCache({ directory });
  const cid = cache.key({ a: 1 });
  const options = { label: "one", tenant: "t" };
  expect(cache.peek(cid, options)).toBeUndefined();
  await cache.getOrCompute(cid, async () => 1, options);
  expect(await byLabel(cache)).toEqual({ one: { ...nothing, misses: 1 } });
  expect(cache.peek(cid, options)).toMatchObject({ tier: "memory" });
  const next = openTestCache({ directory });
  expect(await next.get(cid, options)).not.toMatchObject({ tier: "memory" });
  expect(await next.get(cid, options)).toMatchObject({ tier: "memory" });
  expect(await next.get(next.key({ a: 2 }), options)).toBeUndefined();
  expect(await byLabel(cache)).toMatchObject({ one: { hits: 1, misses: 1 } });
  expect(await byLabel(next)).toMatchObject({ one: { hits: 2, misses: 1 } });
});

test("a hit on disk counts, whichever call has it", async () => {
  const directory = temporaryFolder();
  const writer = openTestCache({ directory });
  const cid = writer.key({ a: 1 });
  await writer.set(cid, ["part"]);
  const calls = [
    (cache: ResponseCache) => cache.get(cid, { label: "one" }),
    (cache: ResponseCache) => cache.getOrCompute(cid, async () => [], { label: "one" }),
    (cache: ResponseCache) => cache.getOrStream(cid, async function* () {}, { label: "one" }),
  ];
  for (const call of calls) {
    const cache = openTestCache({ directory, memoryBytes: 0 });
    expect(await call(cache)).toMatchObject({ outcome: "hit" });
    expect(await byLabel(cache)).toEqual({ one: { ...nothing, hits: 1 } });
  }
});

test("a label is not part of whose entry it is", async () => {
  const cache = open();
  const cid = cache.key({ a: 1 });
  await cache.set(cid, "answer");
  for (const label of ["one", "two", undefined]) {
    expect(cache.get(cid, { label })).toMatchObject({ value: "answer" });
  }
});

test.each(["", "a/b", "a b", "é", "a\n", "x".repeat(65), 5, null, {}])(
  "the label %j is refused, there or not, and nothing is counted",
  async (wrong) => {
    const cache = open();
    const [there, not] = [cache.key({ a: 1 }), cache.key({ a: 2 })];
    await cache.set(there, []);
    const options = { label: wrong as string };
    const calls = [there, not].flatMap((cid) => [
      () => cache.get(cid, options),
      () => cache.getOrCompute(cid, async () => 1, options),
      () => cache.getOrStream(cid, async function* () {}, options),
    ]);
    for (const call of [...calls, () => cache.peek(there, options)]) {
      expect(call).toThrow(CacheError);
      expect(call).toThrow(/^The option label is .*; it must be 1 to 64 letters/s);
    }
    const { session } = await cache.stats();
    expect(session).toMatchObject({ hits: {}, misses: 0, joined: 0, byLabel: {} });
  },
);

test.each(["__proto__", "constructor", "toString", "a.b-c_D.9", "x".repeat(64)])(
  "%s is a label like any other",
  async (label) => {
    const directory = temporaryFolder();
    const cache = openTestCache({ directory });
    const cid = cache.key({ a: 1 });
    await cache.getOrCompute(cid, async () => 1, { label });
    await cache.get(cid, { label });
    const { session, total } = await cache.stats();
    for (const counted of [session.byLabel, total.byLabel]) {
      expect(Object.keys(counted)).toEqual([label]);
      expect(Object.getPrototypeOf(counted)).toBe(Object.prototype);
      expect(Object.getOwnPropertyDescriptor(counted, label)?.value).toMatchObject({
        hits: 1,
        misses: 1,
      });
    }
    expect(({} as { hits?: number }).hits).toBeUndefined();
  },
);

test("counts from before there were labels are read; what is no count of a label is not", async () => {
  const directory = temporaryFolder();
  const store = () => filesStore({ directory });
  const first = openTestCache({ store: [store()] });
  await first.get(first.key({ a: 1 }));
  await first.close();
  const written = {
    misses: 4,
    "hits.files": 2,
    "label.hits.one": 1,
    "label.hits.\u001b[31m": 3,
    "label.__proto__.two": 3,
    "label.hits": 3,
    "label.later.three": 3,
  };
  const cache = openTestCache({ store: [store()] });
  expect((await cache.stats()).total).toMatchObject({ misses: 1, byLabel: {} });
  appendFileSync(join(directory, "files", "counters"), `${JSON.stringify(written)}\n`);
  const { total } = await cache.stats();
  expect(total).toMatchObject({ misses: 5, hits: { files: 2 } });
  expect(total.byLabel).toEqual({ one: { ...nothing, hits: 1 } });
});
