import assert from "node:assert/strict";
import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CacheError, type CacheEvent } from "../../src/index.ts";
import { dataFiles } from "../support/disk-files.ts";
import { type Bench, type Ground, onBench, type TestFunction } from "../support/ground.ts";
import { seededRandom } from "../support/seeded-random.ts";

/** Whatever happens to the folder, no caller gets an exception or a wrong value. */
export function faultsSuite(test: TestFunction, ground: Ground): void {
  test("a byte flipped anywhere is never a wrong value, nor an exception", () =>
    onBench(ground, async (bench) => {
      const random = seededRandom(11);
      for (let round = 0; round < 40; round++) {
        const cids = await fill(bench, 10);
        const files = dataFiles(bench.directory);
        const path = files[Math.floor(random() * files.length)] as string;
        const bytes = readFileSync(path);
        const at = Math.floor(random() * bytes.length);
        bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(random() * 8));
        writeFileSync(path, bytes);
        await assertNeverWrong(bench, cids);
        await fill(bench, 10);
      }
    }));

  test("a file cut anywhere is never a wrong value, and the cache works on", () =>
    onBench(ground, async (bench) => {
      for (const share of [0, 0.01, 0.3, 0.6, 0.9, 0.999]) {
        const cids = await fill(bench, 30);
        for (const path of dataFiles(bench.directory)) {
          truncateSync(path, Math.floor(readFileSync(path).length * share));
        }
        await assertNeverWrong(bench, cids);
        const cache = bench.open();
        const cid = cache.key({ after: share });
        await cache.set(cid, 1);
        await cache.set(cid, 1);
        assert.equal((await cache.get(cid))?.value, 1, `after a cut to ${share}`);
        await bench.close();
      }
    }));

  test("a flipped byte of a value is told, counted and removed", () =>
    onBench(ground, async (bench) => {
      const [cid] = await fill(bench, 1);
      const path = dataFiles(bench.directory)[0] as string;
      const text = readFileSync(path, "latin1");
      writeFileSync(path, text.replace("value of 0", "value of 1"), "latin1");
      const events: CacheEvent[] = [];
      const cache = bench.open({ onEvent: (event) => events.push(event) });
      assert.equal(await cache.get(cid as string), undefined);
      assert.deepEqual(
        events.map(({ type }) => type),
        ["damaged", "miss"],
      );
      assert.equal((await cache.stats()).session.damaged, 1);
      assert.equal((await cache.stats()).tiers[0]?.entries, 0);
    }));

  test("verify finds and removes what is damaged", () =>
    onBench(ground, async (bench) => {
      await fill(bench, 5);
      const path = dataFiles(bench.directory).find((file) => {
        return readFileSync(file, "latin1").includes("value of 3");
      }) as string;
      const text = readFileSync(path, "latin1");
      writeFileSync(path, text.replace("value of 3", "value of 9"), "latin1");
      const cache = bench.open();
      const expected = { checked: 5, sound: 4, expired: 0, damaged: 1, unreadable: 0 };
      assert.deepEqual(await cache.verify(), expected);
      assert.deepEqual(await cache.verify(), { ...expected, checked: 4, damaged: 0 });
    }));

  test("a cache folder that is a file is a miss and an event", () =>
    onBench(ground, async (bench) => {
      writeFileSync(join(bench.directory, "file"), "");
      const errors: CacheEvent[] = [];
      const store = ground.store(join(bench.directory, "file"));
      const cache = bench.open({ store: [store], onEvent: (event) => errors.push(event) });
      const cid = cache.key({ a: 1 });
      assert.equal(await cache.get(cid), undefined);
      assert.equal(await cache.set(cid, 1), false);
      const answer = await cache.getOrCompute(cid, async () => 2);
      assert.deepEqual([answer.outcome, answer.value], ["computed", 2]);
      assert.ok(errors.some(({ type }) => type === "error"));
      assert.ok((await cache.stats()).session.errors > 2);
    }));

  test("a folder of a newer format is left as it is", () =>
    onBench(ground, async (bench) => {
      await fill(bench, 1);
      makeNewer(bench);
      const before = dataFiles(bench.directory).map((path) => readFileSync(path, "latin1"));
      const codes: unknown[] = [];
      const cache = bench.open({
        onEvent: (event) => {
          if (event.type === "error" && CacheError.is(event.error)) codes.push(event.error.code);
        },
      });
      const cid = cache.key({ index: 0 });
      assert.equal(await cache.get(cid), undefined);
      assert.equal(await cache.set(cid, 1), false);
      assert.deepEqual(codes, ["NEWER_FORMAT", "NEWER_FORMAT"]);
      const after = dataFiles(bench.directory).map((path) => readFileSync(path, "latin1"));
      assert.deepEqual(after, before);
    }));

  test("a folder that is deleted under an open cache is begun anew", () =>
    onBench(ground, async (bench) => {
      const cache = bench.open();
      const cid = cache.key({ a: 1 });
      await cache.set(cid, 1);
      rmSync(bench.directory, { recursive: true });
      // At most one call meets the folder that has gone.
      await cache.set(cid, 2);
      await cache.set(cid, 2);
      assert.equal((await bench.open().get(cid))?.value, 2);
    }));
}

async function fill(bench: Bench, count: number): Promise<string[]> {
  const cache = bench.open();
  const cids = Array.from({ length: count }, (_, index) => cache.key({ index }));
  for (const [index, cid] of cids.entries()) {
    await cache.set(cid, { text: `value of ${index}`, more: "x".repeat(index * 400) });
  }
  await bench.close();
  return cids;
}

async function assertNeverWrong(bench: Bench, cids: string[]): Promise<void> {
  const cache = bench.open();
  for (const [index, cid] of cids.entries()) {
    const entry = await cache.get<{ text: string; more: string }>(cid);
    if (!entry) continue;
    assert.equal(entry.value.text, `value of ${index}`);
    assert.equal(entry.value.more.length, index * 400);
  }
  await bench.close();
}

function makeNewer(bench: Bench): void {
  if (bench.ground.name === "files") {
    writeFileSync(join(bench.directory, "files", "format"), "3\n");
    return;
  }
  const path = dataFiles(bench.directory)[0] as string;
  const bytes = readFileSync(path);
  // Where SQLite keeps user_version.
  bytes.writeUInt32BE(4, 60);
  writeFileSync(path, bytes);
}
