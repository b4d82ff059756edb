import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { ResponseCache } from "../../src/index.ts";
import { filesBelow } from "../support/disk-files.ts";
import { type Ground, onBench, type TestFunction } from "../support/ground.ts";

type Three = [string, string, string];

/** What is old goes, what was used stays, and a folder keeps its bound. */
export function freshnessSuite(test: TestFunction, ground: Ground): void {
  test("an entry is a miss from the end of its life on", () =>
    onBench(ground, async (bench) => {
      let now = Date.now();
      const cache = bench.open({ ttl: 1000, now: () => now });
      const [short, long, forever] = ["a", "b", "c"].map((q) => cache.key({ q })) as Three;
      await cache.set(short, 1);
      await cache.set(long, 2, { ttl: 5000 });
      await cache.set(forever, 3, { ttl: Number.POSITIVE_INFINITY });
      now += 999;
      assert.equal((await cache.get(short))?.value, 1);
      now += 1;
      assert.equal(await cache.get(short), undefined);
      assert.equal((await cache.get(long))?.value, 2);
      now += 1e12;
      assert.equal(await cache.get(long), undefined);
      assert.equal((await cache.get(forever))?.value, 3);
    }));

  test("a clock that goes back makes no entry live for ever", () =>
    onBench(ground, async (bench) => {
      let now = Date.now();
      const cache = bench.open({ ttl: 1000, now: () => now });
      const [cid] = keys(cache, 1);
      await cache.set(cid, 1);
      now -= 500;
      assert.equal((await cache.get(cid))?.value, 1);
      now -= 1e9;
      assert.equal(await cache.get(cid), undefined);
    }));

  test("a life of 0 ms stores nothing and removes what was there", () =>
    onBench(ground, async (bench) => {
      const cache = bench.open();
      const [cid] = keys(cache, 1);
      await cache.set(cid, 1);
      assert.equal(await cache.set(cid, 2, { ttl: 0 }), false);
      assert.equal(await cache.get(cid), undefined);
    }));

  test("prune removes what is over its time, and only that", () =>
    onBench(ground, async (bench) => {
      let now = Date.now();
      const cache = bench.open({ now: () => now });
      const [old, young] = ["a", "b", "c"].map((q) => cache.key({ q })) as Three;
      await cache.set(old, 1, { ttl: 1000 });
      await cache.set(young, 2, { ttl: 10_000 });
      now += 2000;
      assert.deepEqual(await cache.prune(), { expired: 1, evicted: 0 });
      assert.equal((await cache.stats()).tiers[0]?.entries, 1);
      assert.equal((await cache.get(young))?.value, 2);
    }));

  test("the folder keeps its bound; what was used last stays", () =>
    onBench(ground, async (bench) => {
      const bound = 1_000_000;
      const cache = bench.open({ bound });
      const all = keys(cache, 300);
      const kept = all.slice(0, 8);
      for (const [index, cid] of all.entries()) {
        assert.equal(await cache.set(cid, { index, text: "x".repeat(10_000) }), true);
        if (index < kept.length || index % 20 !== 0) continue;
        for (const used of kept) assert.ok(await cache.get(used), `gone at ${index}`);
        await sleep(2);
      }
      await cache.prune();
      assert.ok(sizeOf(bench.directory) < bound + 200_000 + logSize(bench.directory));
      const { session, tiers } = await cache.stats();
      assert.ok(session.evictions > 150, `${session.evictions} evictions`);
      assert.ok((tiers[0]?.entries ?? 0) > 50, `${tiers[0]?.entries} entries`);
      assert.equal(await cache.get(all[8] as string), undefined);
      assert.ok(await cache.get(all[299] as string));
    }));
}

function keys(cache: ResponseCache, count: number): [string, ...string[]] {
  return Array.from({ length: count }, (_, index) => cache.key({ index })) as [string];
}

function sizeOf(folder: string): number {
  return filesBelow(folder).reduce((sum, path) => sum + statSync(path).size, 0);
}

function logSize(folder: string): number {
  return filesBelow(folder)
    .filter((path) => /-(wal|shm)$/.test(path))
    .reduce((sum, path) => sum + statSync(path).size, 0);
}
