import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { memoryStore, openCache } from "../src/index.ts";
import { listOf } from "./support/list-of.ts";

const open = () => openCache({ store: [memoryStore()] });

/** A stream of numbers whose progress and end can be watched. */
function counted(count: number, pause = 1) {
  const seen = { produced: 0, ended: false, signal: undefined as AbortSignal | undefined };
  async function* produce(signal: AbortSignal) {
    seen.signal = signal;
    try {
      for (let index = 0; index < count; index++) {
        if (pause > 0) await sleep(pause);
        seen.produced++;
        yield { index };
      }
    } finally {
      seen.ended = true;
    }
  }
  return { seen, produce };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));

test("who comes later sees the stream from its first part; who comes last has it from the cache", async () => {
  const cache = open();
  const cid = cache.key({});
  const { produce } = counted(20);
  const first = await cache.getOrStream(cid, produce);
  const reading = listOf(first.parts);
  await sleep(8);
  const second = await cache.getOrStream(cid, produce);
  expect(second.outcome).toBe("joined");
  expect(await listOf(second.parts)).toEqual(numbers(20));
  expect(await reading).toEqual(numbers(20));
  const third = await cache.getOrStream(cid, produce);
  expect(third.outcome).toBe("hit");
  expect(await listOf(third.parts)).toEqual(numbers(20));
});

test("one reader leaves and the others read on; when all have left it is aborted and not stored", async () => {
  const cache = open();
  const cid = cache.key({});
  const { seen, produce } = counted(50);
  const readers = await Promise.all([1, 2].map(() => cache.getOrStream(cid, produce)));
  const takeTwo = async (parts: AsyncIterable<unknown>) => {
    let taken = 0;
    for await (const _ of parts) if (++taken === 2) break;
  };
  await takeTwo(readers[0]?.parts as AsyncIterable<unknown>);
  expect(seen.signal?.aborted).toBe(false);
  await takeTwo(readers[1]?.parts as AsyncIterable<unknown>);
  expect(seen.signal?.aborted).toBe(true);
  await expect.poll(() => seen.ended).toBe(true);
  expect(cache.get(cid)).toBeUndefined();
  const again = await cache.getOrStream(cid, counted(3).produce);
  expect(again.outcome).toBe("computed");
  expect(await listOf(again.parts)).toEqual(numbers(3));
});

test("an aborted reader leaves even when it is not reading", async () => {
  const cache = open();
  const { seen, produce } = counted(1000);
  const controller = new AbortController();
  const { parts } = await cache.getOrStream(cache.key({}), produce, { signal: controller.signal });
  controller.abort(new Error("enough"));
  expect(seen.signal?.aborted).toBe(true);
  await expect(listOf(parts)).rejects.toThrow("enough");
});

test("an error comes after the parts before it, to every reader, and nothing is stored", async () => {
  const cache = open();
  const cid = cache.key({});
  async function* produce() {
    yield 1;
    yield 2;
    throw new Error("cut off");
  }
  const readers = await Promise.all([1, 2].map(() => cache.getOrStream<number>(cid, produce)));
  for (const { parts } of readers) {
    const got: number[] = [];
    const read = async () => {
      for await (const part of parts) got.push(part);
    };
    await expect(read()).rejects.toThrow("cut off");
    expect(got).toEqual([1, 2]);
  }
  expect(cache.get(cid)).toBeUndefined();
});

test("a stream that should not be stored is not", async () => {
  const cache = open();
  const cid = cache.key({});
  const seen: (readonly unknown[])[] = [];
  const shouldStore = (parts: readonly unknown[]) => {
    seen.push(parts);
    return false;
  };
  const { parts } = await cache.getOrStream(cid, counted(2).produce, { shouldStore });
  expect(await listOf(parts)).toEqual(numbers(2));
  expect(seen).toEqual([numbers(2)]);
  expect(cache.get(cid)).toBeUndefined();
});

test("the producer is at most 16 parts ahead of its fastest reader", async () => {
  const cache = open();
  const { seen, produce } = counted(100, 0);
  const [slow, fast] = await Promise.all(
    [1, 2].map(() => cache.getOrStream(cache.key({}), produce)),
  );
  await sleep(10);
  expect(seen.produced).toBeLessThanOrEqual(17);
  const iterator = slow?.parts[Symbol.asyncIterator]();
  await iterator?.next();
  await sleep(10);
  expect(seen.produced).toBeLessThanOrEqual(18);
  expect(await listOf(fast?.parts as AsyncIterable<unknown>)).toHaveLength(100);
  await iterator?.return?.();
});

test("who wants the whole answer joins a stream in flight, and the other way round", async () => {
  const cache = open();
  const cid = cache.key({});
  const stream = await cache.getOrStream(cid, counted(30).produce);
  const whole = cache.getOrCompute<unknown>(cid, async () => "not this");
  expect(await whole).toMatchObject({ outcome: "joined", value: numbers(30) });
  expect(await listOf(stream.parts)).toEqual(numbers(30));

  const other = cache.key({ other: 1 });
  const computing = cache.getOrCompute(other, () => sleep(10, numbers(3)));
  const joined = await cache.getOrStream(other, counted(9).produce);
  expect(await listOf(joined.parts)).toEqual(numbers(3));
  await computing;
});

test("a value that is no list of parts is computed anew as a stream", async () => {
  const cache = open();
  const cid = cache.key({});
  await cache.set(cid, { text: "x" });
  const { outcome, parts } = await cache.getOrStream(cid, counted(2).produce);
  expect(outcome).toBe("computed");
  expect(await listOf(parts)).toEqual(numbers(2));
});

test("a reader cannot change a part for the others", async () => {
  const cache = open();
  const { parts } = await cache.getOrStream(cache.key({}), counted(1).produce);
  const [part] = await listOf(parts);
  expect(() => {
    (part as { index: number }).index = 9;
  }).toThrow(TypeError);
});

test("a producer that ignores the signal is left behind, not waited for", async () => {
  const cache = open();
  const controller = new AbortController();
  async function* produce() {
    yield 1;
    await new Promise(() => undefined);
  }
  const { parts } = await cache.getOrStream(cache.key({}), produce, { signal: controller.signal });
  const reading = listOf(parts);
  setTimeout(() => controller.abort(new Error("bored")), 5);
  await expect(reading).rejects.toThrow("bored");
});
