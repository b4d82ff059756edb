import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { type FlightHandle, filesStore, memoryStore, openCache } from "../src/index.ts";
import { temporaryFolder } from "./support/temporary.ts";

// ZiggyCreatures/FusionCache#513, ben-manes/caffeine#712
test.each([{}, { refresh: true }, { flight: "another way" }])(
  "a computation that asks for its own key %j is an error, not a hang",
  async (options) => {
    const cache = openCache({ store: filesStore({ directory: temporaryFolder() }) });
    const cid = cache.key({ a: 1 });
    const asking = cache.getOrCompute(cid, async () => {
      return (await cache.getOrCompute(cid, async () => 1, options)).value;
    });
    await expect(asking).rejects.toMatchObject({ code: "RECURSIVE", retryable: false });
    expect(await cache.getOrCompute(cid, async () => 2)).toMatchObject({ value: 2 });
    await cache.close();
  },
);

test("two computations that would wait for each other are an error too", async () => {
  const cache = openCache({ store: [memoryStore()] });
  const [a, b] = [cache.key({ a: 1 }), cache.key({ b: 1 })];
  const ask = (mine: string, other: string) =>
    cache.getOrCompute(mine, async () => {
      await sleep(20);
      return (await cache.getOrCompute(other, async () => "alone")).value;
    });
  const both = await Promise.allSettled([ask(a, b), ask(b, a)]);
  // The one that would close the circle is refused; the other had joined it, and hears of that.
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await cache.getOrCompute(a, async () => 1)).toMatchObject({ value: 1 });
});

test("a computation may ask for other keys, and for its own once it is over", async () => {
  const cache = openCache({ store: [memoryStore()] });
  const [outer, inner] = [cache.key({ a: 1 }), cache.key({ b: 1 })];
  let later: Promise<unknown> | undefined;
  const answer = await cache.getOrCompute(outer, async () => {
    later = sleep(30).then(() => cache.getOrCompute(outer, async () => "again"));
    return (await cache.getOrCompute(inner, async () => "inner")).value;
  });
  expect(answer.value).toBe("inner");
  expect(await later).toMatchObject({ outcome: "hit", value: "inner" });
});

// emdash-cms/emdash#1821, thanos-io/thanos#4379
test("a stream that nobody reads keeps no other process waiting", async () => {
  const directory = temporaryFolder();
  const [here, there] = [1, 2].map(() => openCache({ store: filesStore({ directory }) })) as [
    ReturnType<typeof openCache>,
    ReturnType<typeof openCache>,
  ];
  const cid = here.key({ a: 1 });
  async function* produce() {
    for (let index = 0; index < 100; index++) yield { index };
  }
  const { parts } = await here.getOrStream(cid, produce);
  const started = performance.now();
  expect((await there.getOrCompute(cid, async () => "there")).value).toBe("there");
  expect(performance.now() - started).toBeLessThan(3000);
  // Who begins to read after all gets everything.
  let read = 0;
  for await (const _ of parts) read++;
  expect(read).toBe(100);
  await Promise.all([here.close(), there.close()]);
});

test("a flight tells whether everybody has left, and when nothing of it runs", async () => {
  const cache = openCache({ store: [memoryStore()] });
  const told: string[] = [];
  let flight: FlightHandle | undefined;
  const controller = new AbortController();
  async function* produce(signal: AbortSignal) {
    try {
      yield 1;
      await sleep(1000, undefined, { signal });
    } finally {
      await sleep(30);
      told.push("wound up");
    }
  }
  const { parts } = await cache.getOrStream(cache.key({ a: 1 }), produce, {
    signal: controller.signal,
    onFlight: (joined) => {
      flight = joined;
    },
  });
  const reader = parts[Symbol.asyncIterator]();
  await reader.next();
  expect(flight?.abandoned).toBe(false);
  const pending = expect(reader.next()).rejects.toMatchObject({ name: "AbortError" });
  controller.abort();
  await pending;
  expect(flight?.abandoned).toBe(true);
  expect(told).toEqual([]);
  await flight?.ended;
  expect(told).toEqual(["wound up"]);
});
