import { describe, expect, it } from "vitest";
import type { CacheStore } from "../src/index.ts";
import { type CacheStoreTestOptions, testCacheStore } from "../src/testing.ts";
import { brokenStores } from "./support/broken-stores.ts";
import { type Kept, minimalStore, nothingKept } from "./support/minimal-store.ts";

function rulesOf(open: (kept: Kept) => CacheStore, options: CacheStoreTestOptions = {}) {
  const rules = new Map<string, () => Promise<void>>();
  let kept = nothingKept();
  const create = () => {
    kept = nothingKept();
    return open(kept);
  };
  const reopen = () => open(kept);
  testCacheStore((name, check) => rules.set(name, check), create, { reopen, ...options });
  return rules;
}

describe("a store that is right", () => {
  for (const [name, check] of rulesOf(minimalStore)) it(name, check);
});

describe("a store that has the four members alone", () => {
  const bare = (kept: Kept): CacheStore => {
    const { name, get, set, delete: remove } = minimalStore(kept);
    return { name, get, set, delete: remove };
  };
  for (const [name, check] of rulesOf(bare)) it(name, check);
});

describe("a broken store", () => {
  it.each(brokenStores)("that $fault breaks: $rule", async ({ rule, open }) => {
    const check = rulesOf(open).get(rule);
    expect(check).toBeTypeOf("function");
    await expect(check?.()).rejects.toThrow(/\.\n/);
  });

  it("is there for every rule", () => {
    const broken = new Set(brokenStores.map(({ rule }) => rule));
    expect([...rulesOf(minimalStore).keys()].sort()).toEqual([...broken].sort());
  });
});

describe("a deviation", () => {
  const rule = "counters add up";
  const deviations = [{ rule, reason: "the service rounds them" }];
  const named = `${rule} (deviates: the service rounds them)`;

  it("shows its reason in the test's name, and passes where the rule is broken", async () => {
    const open = brokenStores.find((broken) => broken.rule === rule)?.open ?? minimalStore;
    const rules = rulesOf(open, { deviations });
    expect(rules.has(rule)).toBe(false);
    await rules.get(named)?.();
  });

  it("fails where the rule holds", async () => {
    const check = rulesOf(minimalStore, { deviations }).get(named);
    await expect(check?.()).rejects.toThrow("take it away");
  });

  it("of a rule that is not there is refused", () => {
    const wrong = { deviations: [{ rule: "nothing", reason: "none" }] };
    expect(() => rulesOf(minimalStore, wrong)).toThrow('No rule is "nothing".');
  });
});
