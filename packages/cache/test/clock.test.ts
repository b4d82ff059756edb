import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { memoryStore, openCache } from "../src/index.ts";

const LIFE = 20;

function filled(now?: () => number) {
  const cache = openCache({ store: memoryStore(), ...(now && { now }) });
  const cid = cache.key({ question: 1 });
  expect(cache.set(cid, "answer", { ttl: LIFE })).toBe(true);
  return { cache, cid };
}

test("many gets in a millisecond do not stop the time", async () => {
  const { cache, cid } = filled();
  for (let count = 0; count < 1000; count++) void cache.get(cid);
  await sleep(LIFE + 5);
  expect(cache.get(cid)).toBeUndefined();
});

test("an entry ends while a program gives no timer a chance", () => {
  const { cache, cid } = filled();
  const until = performance.now() + 5000;
  while (cache.get(cid) && performance.now() < until);
  expect(cache.get(cid)).toBeUndefined();
});

test("a clock of the caller's is asked at every get", () => {
  let time = 1000;
  const { cache, cid } = filled(() => time);
  for (let count = 0; count < 10; count++) expect(cache.get(cid)).toBeDefined();
  time += LIFE;
  expect(cache.get(cid)).toBeUndefined();
});
