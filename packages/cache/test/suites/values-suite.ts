import assert from "node:assert/strict";
import { type Ground, onBench, type TestFunction } from "../support/ground.ts";

/** What comes back is what went in, whatever it was. */
export function valuesSuite(test: TestFunction, ground: Ground): void {
  const values = [null, false, "", 0, -1.5, [], {}, "é\ud800", { a: [1, { b: null }] }];
  for (const value of values) {
    test(`${JSON.stringify(value)} comes back from disk and is not a miss`, () =>
      onBench(ground, async (bench) => {
        const cid = bench.open().key({ question: 1 });
        assert.equal(await bench.open().get(cid), undefined);
        assert.equal(await bench.open().set(cid, value, { metadata: { model: "m" } }), true);
        const entry = await bench.open().get(cid);
        assert.deepEqual(entry?.value, value);
        assert.deepEqual(entry?.metadata, { model: "m" });
        assert.equal(entry?.tier, ground.name);
      }));
  }

  test("a value of 50 MB comes back; one beyond the bound is refused, not an error", () =>
    onBench(ground, async (bench) => {
      const cache = bench.open();
      const cid = cache.key({ question: 2 });
      const large = "x".repeat(50_000_000);
      assert.equal(await cache.set(cid, large), true);
      assert.equal((await cache.get<string>(cid))?.value.length, large.length);
      const small = bench.open({ bound: 100_000 });
      assert.equal(await small.set(small.key({ question: 3 }), "y".repeat(100_001)), false);
      assert.equal((await small.stats()).session.errors, 0);
    }));

  test("a member named __proto__ is data", () =>
    onBench(ground, async (bench) => {
      const cache = bench.open();
      const value: unknown = JSON.parse('{"__proto__":{"polluted":1},"a":2}');
      const cid = cache.key({ question: value });
      assert.notEqual(cid, cache.key({ question: { a: 2 } }));
      await cache.set(cid, value);
      const found = (await cache.get(cid))?.value;
      assert.deepEqual(Object.keys(found as object), ["__proto__", "a"]);
      assert.equal(({} as { polluted?: number }).polluted, undefined);
    }));

  test("nobody can change a value that others have", () =>
    onBench(ground, async (bench) => {
      const cache = bench.open();
      const cid = cache.key({ question: 4 });
      const mine = { list: [1] };
      await cache.set(cid, mine);
      mine.list.push(2);
      const found = (await cache.get<{ list: number[] }>(cid))?.value;
      assert.deepEqual(found, { list: [1] });
      assert.throws(() => found?.list.push(3), TypeError);
    }));

  test("tenants and namespaces do not share an entry, a delete or a clear", () =>
    onBench(ground, async (bench) => {
      const cache = bench.open();
      const cid = cache.key({ question: 5 });
      const scopes = [
        {},
        { tenant: "a" },
        { tenant: "b" },
        { namespace: "a" },
        { namespace: "a", tenant: "b" },
      ];
      for (const [index, scope] of scopes.entries()) await cache.set(cid, index, scope);
      for (const [index, scope] of scopes.entries()) {
        assert.equal((await cache.get(cid, scope))?.value, index);
      }
      assert.equal(await cache.delete(cid, { tenant: "a" }), true);
      assert.equal(await cache.get(cid, { tenant: "a" }), undefined);
      assert.equal(await cache.clear({ tenant: "b" }), 2);
      assert.equal((await cache.get(cid, { namespace: "a" }))?.value, 3);
      assert.equal(await cache.clear({ namespace: "a" }), 1);
      assert.equal((await cache.get(cid))?.value, 0);
      assert.equal(await cache.clear(), 1);
    }));
}
