import { describe, expect, it } from "vitest";
import type { CreateProvider, ProviderTestOptions } from "../../src/testing.ts";
import { testProvider } from "../../src/testing.ts";
import type { Broken } from "./broken.ts";
import { brokenBatches } from "./broken-batches.ts";
import { brokenFeatures } from "./broken-features.ts";
import { brokenMedia, seeingProvider } from "./broken-media.ts";
import { brokenOutput } from "./broken-output.ts";
import { brokenProviders } from "./broken-providers.ts";
import { brokenReaders } from "./broken-readers.ts";
import { minimalProvider, minimalWire } from "./minimal-provider.ts";

const modes = {
  sdk: {},
  cli: { wire: minimalWire, holds: true },
  options: { billing: "key" },
} as const;

function rulesOf(create: CreateProvider, options: ProviderTestOptions = modes) {
  const rules = new Map<string, () => Promise<void>>();
  testProvider((name, check) => rules.set(name, check), create, options);
  return rules;
}

describe("a provider that is right", () => {
  for (const [name, check] of rulesOf(minimalProvider())) it(name, check);
});

const isDeaf = ({ fault }: Broken) => /^(waits|does not hear)/.test(fault);

async function breaks({ rule, create }: Broken): Promise<void> {
  const check = rulesOf(create).get(rule);
  if (!check) throw new Error(`no rule is "${rule}"`);
  await expect(check()).rejects.toThrow(/\.\n/);
}

describe("a provider that sees, and takes files", () => {
  const isOfMedia = /file|image|systemTurns|show/i;
  for (const [name, check] of rulesOf(seeingProvider)) if (isOfMedia.test(name)) it(name, check);
});

describe("a broken provider", () => {
  const title = "that $fault breaks: $rule";
  // Others change the environment of the process; these only let their rule wait.
  it.concurrent.each(brokenProviders.filter(isDeaf))(title, breaks);
  it.each(brokenProviders.filter((one) => !isDeaf(one)))(title, breaks);
  it.each(brokenFeatures)(title, breaks);
  it.each(brokenReaders)(title, breaks);
  it.each(brokenOutput)(title, breaks);
  it.each(brokenMedia)(title, breaks);
  it.each(brokenBatches)(title, breaks);

  it("is told what the rule is for", async () => {
    const silent = brokenProviders.find(({ fault }) => fault === "counts no tokens");
    const check = rulesOf(silent?.create ?? minimalProvider()).get(silent?.rule ?? "");
    await expect(check?.()).rejects.toThrow("A user who pays by token must be able to count.");
  });

  it("comes in at least twenty kinds", () => {
    expect(new Set(brokenProviders.map(({ rule }) => rule)).size).toBeGreaterThanOrEqual(20);
  });
});

describe("a deviation", () => {
  const rule = "sdk: the tokens that the vendor counts are reported";
  const reason = "the server counts none";
  const declared = { ...modes, deviations: [{ rule, reason }] };
  const name = `${rule} (deviates: ${reason})`;

  it("shows its reason in the test's name, and passes where the rule is broken", async () => {
    const silent = brokenProviders.find(({ fault }) => fault === "counts no tokens");
    const rules = rulesOf(silent?.create ?? minimalProvider(), declared);
    expect(rules.has(rule)).toBe(false);
    await rules.get(name)?.();
  });

  it("fails where the rule holds", async () => {
    const check = rulesOf(minimalProvider(), declared).get(name);
    await expect(check?.()).rejects.toThrow("take it away");
  });

  it("of a rule that is not there is refused", () => {
    const wrong = { ...modes, deviations: [{ rule: "sdk: nothing", reason }] };
    expect(() => rulesOf(minimalProvider(), wrong)).toThrow('No rule is "sdk: nothing".');
  });
});
