import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { ResponseCache } from "../../src/index.ts";
import { type Bench, type Ground, onBench, type TestFunction } from "../support/ground.ts";

const encryptionKey = new Uint8Array(32).fill(3);
/** What the README promises for what other processes invalidate. */
const BOUND = 1000;

type Invalidate = (cache: ResponseCache, cid: string) => Promise<unknown>;

/** Each, and what is there for the key afterwards. */
const ways: Readonly<Record<string, readonly [Invalidate, unknown]>> = {
  delete: [async (cache, cid) => cache.delete(cid), undefined],
  clear: [(cache) => cache.clear(), undefined],
  set: [async (cache, cid) => cache.set(cid, "set after"), "set after"],
  refresh: [
    async (cache, cid) => cache.getOrCompute(cid, async () => "computed after", { refresh: true }),
    "computed after",
  ],
};

/** What is deleted, cleared or replaced stays so, in this process and in others on the same folder. */
export function invalidationSuite(test: TestFunction, ground: Ground): void {
  const open = (bench: Bench, options = {}) =>
    bench.open({ store: ground.store(bench.directory), ...options });

  for (const [how, [invalidate, left]] of Object.entries(ways)) {
    for (const where of ["this process", "another process"]) {
      // ZiggyCreatures/FusionCache#625, google/guava#1881, logto-io/logto#9428
      test(`what was begun before a ${how} in ${where} is not stored after it`, () =>
        onBench(ground, async (bench) => {
          const computing = open(bench);
          const other = where === "this process" ? computing : open(bench);
          const cid = computing.key({ how });
          const begun = computing.getOrCompute(cid, () => sleep(120, "begun before"));
          await sleep(40);
          // The lease of the computation keeps a plain computation of another process waiting.
          await invalidate(other, cid);
          assert.equal((await begun).value, "begun before");
          await sleep(20);
          assert.equal((await open(bench).get(cid))?.value, left);
          assert.equal((await other.get(cid))?.value, left);
        }));
    }

    // jaredwray/cacheable, Julien-R44/bentocache, veryfront#1989
    for (const options of [{}, { encryptionKey }]) {
      const kind = "encryptionKey" in options ? ", encrypted" : "";
      test(`memory forgets within a second what another process replaced by ${how}${kind}`, () =>
        onBench(ground, async (bench) => {
          const [here, there] = [open(bench, options), open(bench, options)];
          const [cid, other] = [here.key({ how }), here.key({ other: how })];
          await here.set(cid, "old");
          await here.set(other, "stays");
          assert.equal((await here.get(cid))?.tier, "memory");
          await invalidate(there, cid);
          await sleep(BOUND);
          assert.equal((await here.get(cid))?.value, left);
          if (how !== "clear") assert.equal((await here.get(other))?.tier, "memory");
        }));
    }
  }

  test("a tenant that another process cleared goes from memory, and no other one", () =>
    onBench(ground, async (bench) => {
      const [here, there] = [open(bench), open(bench)];
      const cid = here.key({ a: 1 });
      const scopes = [{ tenant: "a" }, { tenant: "a", namespace: "n" }, { tenant: "b" }, {}];
      for (const scope of scopes) await here.set(cid, 1, scope);
      assert.equal(await there.clear({ tenant: "a" }), 2);
      await sleep(BOUND);
      const tiers = scopes.map((scope) => Promise.resolve(here.get(cid, scope)));
      const found = (await Promise.all(tiers)).map((entry) => entry?.tier);
      assert.deepEqual(found, [undefined, undefined, "memory", "memory"]);
    }));

  test("who looks after more was noted than is kept forgets everything", () =>
    onBench(ground, async (bench) => {
      const [here, there] = [open(bench), open(bench, { memoryBytes: 0 })];
      const [cid, other] = [here.key({ a: 1 }), here.key({ a: 2 })];
      await here.set(cid, "old");
      await here.set(other, "stays");
      await there.delete(cid);
      const { invalidations } = ground.store(bench.directory);
      const note = { author: "someone", target: "x".repeat(200) };
      for (let index = 0; index < 22_000; index++) {
        invalidations?.around(note, () => undefined);
      }
      await sleep(BOUND);
      assert.equal(await here.get(cid), undefined);
      assert.equal((await here.get(other))?.tier, ground.name);
      assert.equal((await here.get(other))?.tier, "memory");
    }));

  test("who joins after a delete gets an answer that was begun after it", () =>
    onBench(ground, async (bench) => {
      const cache = open(bench);
      const cid = cache.key({ a: 1 });
      const old = cache.getOrCompute(cid, () => sleep(100, "old"));
      await sleep(20);
      await cache.delete(cid);
      const answer = await cache.getOrCompute(cid, async () => "new");
      assert.equal(answer.value, "new");
      assert.equal((await old).value, "old");
    }));
}
