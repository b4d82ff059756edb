import { describe, expect, it } from "vitest";
import { type CreateStore, type SecretStoreTestOptions, testSecretStore } from "../src/testing.ts";
import { brokenStores } from "./broken-stores.ts";
import { minimalStore } from "./minimal-store.ts";

const minimal: CreateStore = async (secrets) => minimalStore(new Map(Object.entries(secrets)));

async function rulesOf(create: CreateStore, options: SecretStoreTestOptions = {}) {
  const rules = new Map<string, () => Promise<void>>();
  await testSecretStore((name, check) => rules.set(name, check), create, options);
  return rules;
}

describe("a store that is right", async () => {
  for (const [name, check] of await rulesOf(minimal)) it(name, check);
});

describe("a broken store", () => {
  it.each(brokenStores)("that $fault breaks: $rule", async ({ rule, create }) => {
    const check = (await rulesOf(create)).get(rule);
    expect(check).toBeTypeOf("function");
    await expect(check?.()).rejects.toThrow(/\.\n/);
  });

  it("is there for every rule", async () => {
    const rules = new Set<string>();
    for (const { create } of brokenStores) {
      for (const name of (await rulesOf(create)).keys()) rules.add(name);
    }
    expect([...rules].sort()).toEqual([...new Set(brokenStores.map(({ rule }) => rule))].sort());
  });
});

describe("a store that can do less", () => {
  it("is asked for what it can do alone", async () => {
    const rules = await rulesOf(async (secrets) => {
      const { kind, get, list } = await minimal(secrets);
      return { kind, get, list };
    });
    expect([...rules.keys()].filter((name) => /set|delete|refresh|close/.test(name))).toEqual([]);
    for (const check of rules.values()) await check();
  });
});

describe("a deviation", () => {
  const rule = "list gives each name once";
  const deviations = [{ rule, reason: "the vendor's list has a cache" }];
  const named = `${rule} (deviates: the vendor's list has a cache)`;

  it("shows its reason in the test's name, and passes where the rule is broken", async () => {
    const create = brokenStores.find((broken) => broken.rule === rule)?.create ?? minimal;
    const rules = await rulesOf(create, { deviations });
    expect(rules.has(rule)).toBe(false);
    await rules.get(named)?.();
  });

  it("fails where the rule holds", async () => {
    const check = (await rulesOf(minimal, { deviations })).get(named);
    await expect(check?.()).rejects.toThrow("take it away");
  });

  it("of a rule that is not there is refused", async () => {
    const wrong = rulesOf(minimal, { deviations: [{ rule: "nothing", reason: "none" }] });
    await expect(wrong).rejects.toThrow('No rule is "nothing".');
  });
});
