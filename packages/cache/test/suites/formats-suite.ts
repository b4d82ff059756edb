import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { filesBelow } from "../support/disk-files.ts";
import { type Bench, type Ground, onBench, type TestFunction } from "../support/ground.ts";

/** The files of a folder that format 1 wrote, each compressed. */
const folder: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL("../fixtures/format-1.json", import.meta.url), "utf8"),
);

/** What earlier versions wrote is read, and carried over to the format of today. */
export function formatsSuite(test: TestFunction, ground: Ground): void {
  test("a folder of format 1 opens, with all that it holds, and is of today's format then", () =>
    onBench(ground, async (bench) => {
      unpack(bench);
      for (const round of ["as it was", "carried over"]) {
        const cache = bench.open();
        const [first, second] = [1, 2].map((question) => cache.key({ model: "m", question }));
        const entry = await cache.get(first as string);
        assert.deepEqual(entry?.value, { text: "kept before, ünïcode" }, round);
        assert.deepEqual(entry?.metadata, { a: 1 });
        const scope = { namespace: "n", tenant: "t 1" };
        assert.deepEqual((await cache.get(second as string, scope))?.value, [1, 2]);
        const { total, tiers } = await cache.stats();
        assert.equal(total.stores, 3);
        assert.equal(total.byLabel.old?.misses, 1);
        assert.equal(tiers[0]?.entries, 3);
        const report = { checked: 3, sound: 2, expired: 0, damaged: 0, unreadable: 1 };
        assert.deepEqual(await cache.verify(), report);
        await bench.close();
      }
      assert.equal(formatOf(bench), ground.name === "files" ? 2 : 3);
    }));

  test("an encrypted record of format 1 is read with its key, and can be cleared", () =>
    onBench(ground, async (bench) => {
      unpack(bench);
      const cache = bench.open({ encryptionKey: new Uint8Array(32).fill(9) });
      const cid = cache.key({ model: "m", question: 3 });
      assert.equal((await cache.get(cid, { tenant: "t" }))?.value, "a secret");
      assert.equal(await cache.clear({ tenant: "t" }), 1);
      assert.equal(await cache.get(cid, { tenant: "t" }), undefined);
    }));

  test("what a cache of format 1 holds is deleted for the others too", () =>
    onBench(ground, async (bench) => {
      unpack(bench);
      const open = () => bench.open({ store: ground.store(bench.directory) });
      const [here, there] = [open(), open()];
      const cid = here.key({ model: "m", question: 1 });
      assert.ok(await here.get(cid));
      assert.equal(await there.delete(cid), true);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      assert.equal(await here.get(cid), undefined);
    }));
}

function unpack({ directory }: Bench): void {
  for (const [name, packed] of Object.entries(folder)) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, gunzipSync(Buffer.from(packed, "base64")), { mode: 0o600 });
  }
}

function formatOf({ directory, ground }: Bench): number {
  if (ground.name === "files") return Number(readFileSync(join(directory, "files", "format")));
  const path = filesBelow(directory).find((each) => each.endsWith(".db")) as string;
  // Where SQLite keeps user_version.
  return readFileSync(path).readUInt32BE(60);
}
