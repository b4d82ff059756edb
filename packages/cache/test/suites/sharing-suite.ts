import assert from "node:assert/strict";
import { renameSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Database, loadSqlite } from "../../src/store/sqlite/driver.ts";
import { dataFiles } from "../support/disk-files.ts";
import { type Bench, type Ground, onBench, type TestFunction } from "../support/ground.ts";

/** What several caches on one folder have of each other. Each stands for a process. */
export function sharingSuite(test: TestFunction, ground: Ground): void {
  test("two compute once; the second has the answer soon after the first", () =>
    onBench(ground, async (bench) => {
      const caches = [bench.open(), bench.open()];
      const cid = bench.open().key({ a: 1 });
      let runs = 0;
      const compute = async () => {
        runs++;
        await sleep(100);
        return runs;
      };
      const answers = await Promise.all(caches.map((cache) => cache.getOrCompute(cid, compute)));
      assert.deepEqual(
        answers.map(({ value }) => value),
        [1, 1],
      );
      assert.deepEqual(
        answers.map(({ outcome }) => outcome),
        ["computed", "hit"],
      );
    }));

  test("an answer that is not stored keeps nobody waiting twice", () =>
    onBench(ground, async (bench) => {
      const caches = [bench.open(), bench.open(), bench.open(), bench.open()];
      const cid = bench.open().key({ a: 1 });
      const started = performance.now();
      const compute = () => sleep(100, "cut short");
      const options = { shouldStore: () => false };
      const each = caches.map((cache) => cache.getOrCompute(cid, compute, options));
      for (const { value } of await Promise.all(each)) assert.equal(value, "cut short");
      // One after the other they would take 400 ms.
      assert.ok(performance.now() - started < 380);
    }));

  test("a cache that closes in mid-computation lets the others go on", () =>
    onBench(ground, async (bench) => {
      const [first, second] = [bench.open(), bench.open()];
      const cid = first.key({ a: 1 });
      const never = first.getOrCompute(cid, () => sleep(60_000, 0, { ref: false }));
      Promise.resolve(never).catch(() => undefined);
      await sleep(10);
      const waiting = second.getOrCompute(cid, async () => 2);
      await first.close();
      assert.equal((await waiting).value, 2);
    }));

  test("counts outlive the process that made them", () =>
    onBench(ground, async (bench) => {
      const first = bench.open();
      const cid = first.key({ a: 1 });
      await first.getOrCompute(cid, () => sleep(15, 1), { cost: () => 0.5 });
      await first.close();
      const second = bench.open();
      await second.get(cid);
      await second.get(cid);
      const { session, total } = await second.stats();
      assert.equal(session.stores, 0);
      assert.equal(total.stores, 1);
      assert.deepEqual(total.hits, { [ground.name]: 2 });
      assert.equal(total.savedCost, 1);
      assert.ok(total.savedMs >= 28, `${total.savedMs} ms`);
    }));

  test("what calls were labelled with outlives the process too", () =>
    onBench(ground, async (bench) => {
      const first = bench.open();
      const cid = first.key({ a: 1 });
      await first.getOrCompute(cid, () => sleep(15, 1), { cost: () => 0.5, label: "one.1" });
      await first.get(cid, { label: "__proto__" });
      await first.close();
      const second = bench.open();
      await second.get(cid, { label: "one.1" });
      second.peek(cid, { label: "one.1" });
      await second.get(cid);
      const { session, total } = await second.stats();
      assert.deepEqual(Object.keys(session.byLabel), ["one.1"]);
      assert.deepEqual(Object.keys(total.byLabel).sort(), ["__proto__", "one.1"]);
      const { savedMs, ...one } = total.byLabel["one.1"] ?? { savedMs: 0 };
      assert.deepEqual(one, { hits: 2, misses: 1, joined: 0, savedCost: 1 });
      assert.ok(savedMs >= 28 && savedMs < total.savedMs, `${savedMs} of ${total.savedMs} ms`);
      assert.deepEqual(total.hits, { [ground.name]: 4 });
    }));

  for (const encryptionKey of [undefined, new Uint8Array(32).fill(5)]) {
    const how = encryptionKey ? "encrypted" : "plain";
    test(`${how} records that were swapped by hand are misses`, () =>
      onBench(ground, async (bench) => {
        const options = encryptionKey ? { encryptionKey } : {};
        const writer = bench.open(options);
        const cids = [writer.key({ a: 1 }), writer.key({ a: 2 })] as const;
        await writer.set(cids[0], "one");
        await writer.set(cids[1], "two");
        await bench.close();
        swap(bench);
        const reader = bench.open(options);
        assert.equal(await reader.get(cids[0]), undefined);
        assert.equal(await reader.get(cids[1]), undefined);
        assert.equal((await reader.stats()).session.damaged, 2);
      }));
  }
}

function swap(bench: Bench): void {
  const [first, second] = dataFiles(bench.directory);
  if (bench.ground.name === "sqlite") swapRows(first as string);
  else swapFiles(first as string, second as string);
}

function swapFiles(first: string, second: string): void {
  renameSync(first, `${first}.x`);
  renameSync(second, first);
  renameSync(`${first}.x`, second);
}

function swapRows(path: string): void {
  const driver = loadSqlite() as { DatabaseSync: new (path: string) => Database };
  const database = new driver.DatabaseSync(path);
  database.exec(`CREATE TEMP TABLE other AS SELECT id, record FROM entries;
    UPDATE entries SET record = (SELECT record FROM other WHERE other.id <> entries.id)`);
  database.close();
}
