import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { explainPrice, prices, pricesDate, pricesSource } from "../src/index.ts";

const million = 1_000_000;
const at = new Date("2026-11-29T12:00:00Z");

describe("what vendors publish", () => {
  // platform.claude.com/docs/en/about-claude/pricing, ai.google.dev/gemini-api/docs/pricing,
  // groq.com/pricing, platform.openai.com/docs/pricing: US dollars for a million tokens.
  it.each([
    ["claude", "claude-opus-4-5", 5, 25],
    ["claude", "claude-haiku-4-5", 1, 5],
    ["gemini", "gemini-2.5-flash", 0.3, 2.5],
    ["groq", "openai/gpt-oss-20b", 0.075, 0.3],
    ["groq", "llama-3.3-70b-versatile", 0.59, 0.79],
    ["openai", "gpt-5", 1.25, 10],
  ])("%s %s costs %d in and %d out", (provider, model, input, output) => {
    const read = prices({ inputTokens: million, outputTokens: 0 }, model, provider);
    const written = prices({ inputTokens: 0, outputTokens: million }, model, provider);
    expect(read).toBeCloseTo(input, 10);
    expect(written).toBeCloseTo(output, 10);
  });

  it("counts what a cache gave and took apart from what was read anew", () => {
    const usage = { inputTokens: 1_000, cacheReadTokens: 50_000, cacheWriteTokens: 4_000 };
    const cost = prices({ ...usage, outputTokens: 500 }, "claude-sonnet-4-5", "claude");
    const expected = (1_000 * 3 + 50_000 * 0.3 + 4_000 * 3.75 + 500 * 15) / million;
    expect(cost).toBeCloseTo(expected, 12);
  });

  it("takes what is kept for an hour at its own price", () => {
    const usage = { inputTokens: 0, outputTokens: 0, cacheWriteTokens: 4_000 };
    const ask = (cacheWriteHourTokens: number) =>
      prices({ ...usage, cacheWriteHourTokens }, "claude-sonnet-4-5", "claude");
    expect(ask(1_000)).toBeCloseTo((3_000 * 3.75 + 1_000 * 6) / million, 12);
    expect(ask(9_000)).toBeCloseTo((4_000 * 6) / million, 12);
  });

  it("takes cached tokens of Gemini, Groq and OpenAI at their own price", () => {
    const usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 100_000 };
    expect(prices(usage, "gemini-2.5-pro", "gemini")).toBeCloseTo(0.0125, 12);
    expect(prices(usage, "openai/gpt-oss-20b", "groq")).toBeCloseTo(0.00375, 12);
    expect(prices(usage, "gpt-5", "openai")).toBeCloseTo(0.0125, 12);
  });

  it("takes the tier of a long prompt, the cached part of it counted", () => {
    const long = { inputTokens: 100_000, cacheReadTokens: 150_000, outputTokens: 10_000 };
    const expected = (100_000 * 2.5 + 150_000 * 0.25 + 10_000 * 15) / million;
    expect(prices(long, "gemini-2.5-pro", "gemini")).toBeCloseTo(expected, 12);
    const short = { ...long, cacheReadTokens: 100_000 };
    const base = (100_000 * 1.25 + 100_000 * 0.125 + 10_000 * 10) / million;
    expect(prices(short, "gemini-2.5-pro", "gemini")).toBeCloseTo(base, 12);
  });

  it("takes the price of the day", () => {
    const usage = { inputTokens: million, outputTokens: 0 };
    const ask = (day: string) =>
      explainPrice(usage, "gemini-3.6-flash", "gemini", { at: new Date(day) }).usd;
    expect([ask("2026-12-31"), ask("2027-01-01")]).toEqual([0.75, 1.5]);
  });

  it("costs nothing where nothing was read or written", () => {
    expect(prices({ inputTokens: 0, outputTokens: 0 }, "gpt-5", "openai")).toBe(0);
  });
});

describe("a model's name", () => {
  const usage = { inputTokens: 1, outputTokens: 1 };
  const found = (model: string, provider: string) => {
    const told = explainPrice(usage, model, provider, { at });
    return told.usd === undefined ? told.reason : told.model;
  };

  it.each([
    ["claude-sonnet-4-5-20250929", "claude", "claude-sonnet-4-5"],
    ["claude-sonnet-4-20250514", "claude", "claude-sonnet-4-0"],
    ["claude-opus-4-5-20251101", "claude", "claude-opus-4-5"],
    ["claude-3-5-haiku-20241022", "claude", "claude-3-5-haiku-latest"],
    ["claude-sonnet-5-20260301", "claude", "claude-sonnet-5"],
    ["models/gemini-2.5-pro", "gemini", "gemini-2.5-pro"],
    ["gemini-2.5-pro-preview-06-05", "gemini", "gemini-2.5-pro"],
    ["gemini-2.0-flash-001", "gemini", "gemini-2.0-flash"],
    ["gemini-3.5-flash-lite", "gemini", "gemini-3.5-flash-lite"],
    ["gpt-5-2025-08-07", "openai", "gpt-5"],
    ["GPT-5", "openai", "gpt-5"],
  ])("%s is %s's %s", (model, provider, known) => {
    expect(found(model, provider)).toBe(known);
  });

  // pydantic/genai-prices#471: a new model has the price of the old one whose name it begins with.
  it.each([
    ["claude-sonnet-5-5", "claude"],
    ["claude-haiku-4-5-6", "claude"],
    ["claude-opus-4-8-fast", "claude"],
    ["gemini-1.5-flash-8b", "gemini"],
    ["gemini-3.6-flash-lite", "gemini"],
    ["gpt-5-nano-ultra", "openai"],
    ["sonnet", "claude"],
    ["gpt-5", "claude"],
    ["", "gemini"],
  ])("%j of %s is not known, though the data has names that are like it", (model, provider) => {
    expect(found(model, provider)).toBe("UNKNOWN_MODEL");
  });

  it("says which known name an unknown one is like", () => {
    expect(explainPrice(usage, "claude-sonnet-5-5", "claude")).toEqual({
      usd: undefined,
      reason: "UNKNOWN_MODEL",
      message: `There is no price for the model "claude-sonnet-5-5": "claude-sonnet-5" has a price, but may be another model. They are of ${pricesDate}.`,
      pricesDate,
    });
  });
});

describe("what is not known", () => {
  const usage = { inputTokens: 1, outputTokens: 1 };

  it.each(["my-openai", "azure-proxy", "litellm", "toString", ""])(
    "is a price of the provider %j",
    (provider) => {
      expect(prices(usage, "gpt-5", provider)).toBeUndefined();
      expect(explainPrice(usage, "gpt-5", provider)).toMatchObject({ reason: "UNKNOWN_PROVIDER" });
    },
  );

  it.each([
    [{}, "NO_TOKENS"],
    [{ inputTokens: 1 }, "NO_TOKENS"],
    [{ outputTokens: 1 }, "NO_TOKENS"],
    [{ inputTokens: Number.NaN, outputTokens: 1 }, "WRONG_TOKENS"],
    [{ ...usage, cacheReadTokens: -1 }, "WRONG_TOKENS"],
    [{ ...usage, cacheWriteTokens: Number.POSITIVE_INFINITY }, "WRONG_TOKENS"],
  ])("is the price of %j", (counts, reason) => {
    expect(explainPrice(counts, "gpt-5", "openai")).toMatchObject({ usd: undefined, reason });
  });

  it.each([
    ["groq", "whisper-large-v3"],
    ["gemini", "gemma-3-27b-it"],
    ["openai", "text-embedding-3-small"],
  ])("is the price of tokens of %s %s, which the data does not give", (provider, model) => {
    const told = explainPrice(usage, model, provider);
    expect(told).toMatchObject({ usd: undefined });
    expect(told).toMatchObject({ reason: expect.stringMatching(/NO_TOKEN_PRICE|UNKNOWN_MODEL/) });
  });
});

test("the date and the source are those of the version that is installed", () => {
  const read = (path: string) =>
    JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));
  const { version } = read("node_modules/@pydantic/genai-prices/package.json");
  expect(read("package.json").dependencies["@pydantic/genai-prices"]).toBe(version);
  expect(pricesSource).toBe(`@pydantic/genai-prices ${version}`);
  expect({ version, pricesDate }).toEqual({ version: "0.1.8", pricesDate: "2026-09-23" });
});
