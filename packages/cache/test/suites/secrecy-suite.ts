import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { dataFiles, filesBelow, modeOf } from "../support/disk-files.ts";
import { type Ground, onBench, type TestFunction } from "../support/ground.ts";

const key = new Uint8Array(32).fill(7);
const otherKey = new Uint8Array(32).fill(8);

/** What others can read of the folder. */
export function secrecySuite(test: TestFunction, ground: Ground): void {
  test("folders are 0700 and files 0600", () =>
    onBench(ground, async (bench) => {
      const cache = bench.open();
      await cache.set(cache.key({ a: 1 }), 1);
      await cache.stats();
      for (const path of filesBelow(bench.directory)) assert.equal(modeOf(path), "600", path);
      for (const path of dataFiles(bench.directory))
        assert.equal(modeOf(dirname(path)), "700", path);
    }));

  test("encrypted, neither the value nor the key, tenant or namespace is on the disk", () =>
    onBench(ground, async (bench) => {
      const cache = bench.open({ encryptionKey: key });
      const cid = cache.key({ a: 1 });
      const scope = { namespace: "projectx", tenant: "customery" };
      await cache.getOrCompute(cid, async () => "the secret answer", {
        ...scope,
        metadata: { note: "private note" },
      });
      assert.equal((await cache.get(cid, scope))?.value, "the secret answer");
      for (const path of filesBelow(bench.directory)) {
        const bytes = path + readFileSync(path, "latin1");
        for (const word of ["secret answer", "private note", "projectx", "customery", cid]) {
          assert.ok(!bytes.includes(word), `${word} is in ${path}`);
        }
      }
    }));

  test("a wrong key is a miss, destroys nothing, and verify says so", () =>
    onBench(ground, async (bench) => {
      const right = bench.open({ encryptionKey: key });
      const cid = right.key({ a: 1 });
      await right.set(cid, 1);
      for (const wrong of [bench.open({ encryptionKey: otherKey }), bench.open()]) {
        assert.equal(await wrong.get(cid), undefined);
        const report = await wrong.verify();
        assert.deepEqual(report, { checked: 1, sound: 0, expired: 0, damaged: 0, unreadable: 1 });
      }
      assert.equal((await right.get(cid))?.value, 1);
      assert.equal((await right.verify()).sound, 1);
    }));

  test("encrypted entries are cleared by namespace and by tenant", () =>
    onBench(ground, async (bench) => {
      const cache = bench.open({ encryptionKey: async () => key });
      const cid = cache.key({ a: 1 });
      await cache.set(cid, 1, { namespace: "n" });
      await cache.set(cid, 2, { tenant: "t" });
      await cache.set(cid, 3);
      assert.equal(await cache.clear({ namespace: "n" }), 1);
      assert.equal(await cache.clear({ tenant: "t" }), 1);
      assert.equal((await cache.get(cid))?.value, 3);
    }));

  test("a key that cannot be had is a miss and an event, and is asked for again", () =>
    onBench(ground, async (bench) => {
      let asked = 0;
      const encryptionKey = async () => {
        if (++asked === 1) throw new Error("locked");
        return key;
      };
      const errors: unknown[] = [];
      const cache = bench.open({
        encryptionKey,
        onEvent: (event) => event.type === "error" && errors.push(event),
      });
      const cid = cache.key({ a: 1 });
      assert.equal(await cache.get(cid), undefined);
      assert.equal(errors.length, 1);
      assert.equal(await cache.set(cid, 1), true);
      assert.equal((await cache.get(cid))?.value, 1);
      assert.equal(asked, 2);
    }));

  test("what was cleared is not left in any file", () =>
    onBench(ground, async (bench) => {
      const cache = bench.open();
      for (let index = 0; index < 20; index++) {
        await cache.set(cache.key({ index }), `${"findme".repeat(500)}${index}`);
      }
      await cache.clear();
      for (const path of filesBelow(bench.directory)) {
        assert.ok(!readFileSync(path, "latin1").includes("findmefindme"), path);
      }
    }));
}
