import { describe, expect, it, vi } from "vitest";
import type { PriceFunction } from "../../src/contract/client.ts";
import type { Part, Usage } from "../../src/contract/part.ts";
import { gives, scripted } from "../scripted-provider.ts";

const answer = (usage: Usage, model?: string): readonly Part[] => [
  { type: "start", ...(model && { model }) },
  { type: "text", text: "a" },
  { type: "usage", usage },
  { type: "finish", reason: "stop" },
];
const tokens = { inputTokens: 10, outputTokens: 2 };

function priced(prices: PriceFunction, parts = answer(tokens)) {
  return scripted({ sdk: { scripts: [gives(...parts)] } }, { prices });
}

describe("prices as a function", () => {
  it("is given the usage, the model that answered and the provider", async () => {
    const prices = vi.fn(() => 0.25);
    const { client } = priced(prices, answer(tokens, "model-1-20260101"));
    expect((await client.chat("hi")).cost).toEqual({ amount: 0.25, source: "prices" });
    expect(prices.mock.calls).toEqual([[tokens, "model-1-20260101", client.provider]]);
  });

  it("is asked for the model that was asked for where it does not know the other", async () => {
    const { client } = priced(
      (_, model) => (model === "model-1" ? 1 : undefined),
      answer(tokens, "model-1-20260101"),
    );
    expect((await client.chat("hi")).cost).toEqual({ amount: 1, source: "prices" });
  });

  it("gives way to what the vendor reports", async () => {
    const prices = vi.fn(() => 0.25);
    const { client } = priced(prices, answer({ ...tokens, cost: 0.5 }));
    expect((await client.chat("hi")).cost).toEqual({ amount: 0.5, source: "reported" });
    expect(prices).not.toHaveBeenCalled();
  });

  it("says nothing where it does not know, without a log", async () => {
    const { client, events } = priced(() => undefined);
    expect(await client.chat("hi")).not.toHaveProperty("cost");
    expect(events.filter(({ type }) => type === "log")).toEqual([]);
  });

  it.each<[string, () => never | number, string]>([
    ["NaN", () => Number.NaN, "gave NaN"],
    ["a price below zero", () => -1, "gave -1"],
    ["a promise", () => Promise.reject(new Error("late")) as never, "gave a promise"],
    ["a text", () => "1.5" as never, "gave 1.5"],
    [
      "an error",
      () => {
        throw new Error("no list");
      },
      "threw no list",
    ],
  ])("costs the call nothing but a log where it gives %s", async (_, prices, what) => {
    const { client, events } = priced(prices);
    const reply = await client.chat("hi");
    expect(reply.text).toBe("a");
    expect(reply).not.toHaveProperty("cost");
    expect(events.filter(({ type }) => type === "log")).toMatchObject([
      {
        message: `The function prices ${what}: the reply has no cost.`,
        details: { model: "model-1", provider: client.provider },
      },
    ]);
  });

  it("cannot change the reply's usage", async () => {
    const { client } = priced((usage) => Object.assign(usage, { inputTokens: 0 }) && 1);
    expect((await client.chat("hi")).usage).toEqual(tokens);
  });
});

describe("prices as a table", () => {
  it.each(["constructor", "__proto__"])("has no price for a model of the name %s", async (name) => {
    const { client } = scripted(
      { sdk: { scripts: [gives(...answer(tokens, name))] } },
      { prices: { other: { input: 1, output: 1 } } },
    );
    expect(await client.chat("hi")).not.toHaveProperty("cost");
  });

  it.each([1, "list", [], { "model-1": { input: Number.NaN, output: 1 } }])(
    "is refused where it is %j",
    (prices) => {
      expect(() => scripted({}, { prices: prices as never })).toThrow(/options\.prices/);
    },
  );
});
