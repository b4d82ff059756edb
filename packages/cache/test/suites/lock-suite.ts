import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { type Database, loadSqlite } from "../../src/store/sqlite/driver.ts";
import { dataFiles } from "../support/disk-files.ts";
import { type Bench, type Ground, onBench, type TestFunction } from "../support/ground.ts";

/** A database that another process has locked: mksglu/context-mode#985, WiseLibs/better-sqlite3#155. */
export function lockSuite(test: TestFunction, ground: Ground): void {
  test("a locked database holds up neither a call nor the program", () =>
    onBench(ground, async (bench) => {
      const errors: string[] = [];
      const cache = bench.open({
        onEvent: (event) => event.type === "error" && errors.push(event.operation),
      });
      const [known, ...others] = [0, 1, 2, 3].map((index) => cache.key({ index }));
      await cache.set(known as string, "known");
      const unlock = lock(bench);
      const started = performance.now();
      let longest = 0;
      let last = started;
      const beat = setInterval(() => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }, 5);
      for (const cid of others) {
        const answer = await cache.getOrCompute(cid, () => sleep(1, "computed"));
        assert.equal(answer.value, "computed");
        assert.equal((await cache.get(known as string))?.value, "known");
      }
      clearInterval(beat);
      unlock();
      assert.ok(performance.now() - started < 1000, `${performance.now() - started} ms`);
      assert.ok(longest < 400, `the event loop stood still for ${longest} ms`);
      // The first finds the lock; the others are told that the store is left alone.
      assert.equal(errors.filter((operation) => operation === "set").length, 3);
    }));

  test("a lock of a moment lets none compute what another one computes, and loses no answer", () =>
    onBench(ground, async (bench) => {
      const caches = [bench.open(), bench.open()] as const;
      const [known, cid, late] = [0, 1, 2].map((a) => caches[0].key({ a })) as [
        string,
        string,
        string,
      ];
      await caches[0].set(known, "known");
      let computed = 0;
      const compute = async () => {
        await sleep(100);
        return ++computed;
      };
      setTimeout(lock(bench), 150);
      const both = caches.map((cache) => cache.getOrCompute(cid, compute));
      assert.deepEqual(
        (await Promise.all(both)).map(({ value }) => value),
        [1, 1],
      );
      // Locked while it is kept: the other cache has it from the disk all the same.
      const answer = await caches[0].getOrCompute(late, async () => {
        setTimeout(lock(bench), 150);
        return "late";
      });
      assert.equal(answer.value, "late");
      assert.equal((await caches[1].getOrCompute(late, compute)).value, "late");
      assert.equal(computed, 1);
    }));

  test("a delete waits for the lock, and the program goes on", () =>
    onBench(ground, async (bench) => {
      const cache = bench.open();
      const cid = cache.key({ a: 1 });
      await cache.set(cid, "wrong");
      const unlock = lock(bench);
      setTimeout(unlock, 200);
      assert.equal(await cache.delete(cid), true);
      assert.equal(await cache.get(cid), undefined);
    }));

  test("a delete that the lock outlasts is an error, and a clear waits longer", () =>
    onBench(ground, async (bench) => {
      const cache = bench.open();
      const cid = cache.key({ a: 1 });
      await cache.set(cid, "wrong");
      const unlock = lock(bench);
      const failure = await Promise.resolve(cache.delete(cid)).catch((error: unknown) => error);
      const { code, failed } = failure as { code?: string; failed?: readonly string[] };
      assert.deepEqual([code, failed], ["NOT_REMOVED", ["sqlite"]]);
      setTimeout(unlock, 100);
      assert.equal(await cache.clear(), 1);
    }));
}

/** A transaction of somebody else. Returns what ends it. */
function lock(bench: Bench): () => void {
  const driver = loadSqlite() as { DatabaseSync: new (path: string) => Database };
  const database = new driver.DatabaseSync(dataFiles(bench.directory)[0] as string);
  database.exec("BEGIN IMMEDIATE");
  return () => database.close();
}
