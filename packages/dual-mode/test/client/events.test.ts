import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chain } from "../../src/client/chain.ts";
import type { CallOptions } from "../../src/contract/call-options.ts";
import type { ClientEvent } from "../../src/contract/client-event.ts";
import type { Part } from "../../src/contract/part.ts";
import { DualModeError } from "../../src/error.ts";
import type { PublishedEvent } from "../../src/events/event-sink.ts";
import { fails, gives, says, scripted } from "../scripted-provider.ts";

const published: [string, PublishedEvent][] = [];
const note = (message: unknown, name: string | symbol) =>
  published.push([String(name), message as PublishedEvent]);
const names = ["acc:attempt", "acc:reply", "acc:cache"];

beforeEach(() => {
  published.length = 0;
  for (const name of names) subscribe(name, note);
});
afterEach(() => {
  for (const name of names) unsubscribe(name, note);
});

const busy = new DualModeError("OVERLOADED", "Busy.");

describe("events", () => {
  it("go to the process's channels under OpenTelemetry's names", async () => {
    const { client } = scripted(
      { sdk: { scripts: [fails(busy)] }, cli: { scripts: [says("ok")] } },
      { retry: 0, billing: "key" },
    );
    await client.chat("hi");
    expect(published.map(([name, { attributes }]) => [name, attributes["error.type"]])).toEqual([
      ["acc:attempt", "OVERLOADED"],
      ["acc:attempt", undefined],
      ["acc:reply", undefined],
    ]);
    const [, reply] = published.at(-1) as [string, PublishedEvent];
    expect(reply.attributes).toMatchObject({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": client.provider,
      "gen_ai.response.model": "model-1",
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.usage.input_tokens": 1,
      "gen_ai.usage.output_tokens": 2,
      "acc.mode": "cli",
      "acc.fallback": true,
    });
    expect(reply.endTime).toBeGreaterThanOrEqual(reply.startTime);
  });

  it("tell an attempt's beginning and end, in order", async () => {
    const { client, events } = scripted({ sdk: { scripts: [says("ok")] } });
    await client.chat("hi");
    expect(events.map(({ type }) => type)).toEqual([
      "call-start",
      "attempt-start",
      "attempt-end",
      "reply",
    ]);
  });

  it("of one call are told to that call's own listener too", async () => {
    const { client, events } = scripted({ sdk: { scripts: [says("ok")] } });
    const own: ClientEvent[] = [];
    await client.chat("hi", { onEvent: (event) => own.push(event) });
    expect(own).toEqual(events);
    await client.stream("hi").reply;
    expect(own.length).toBe(4);
    expect(events.length).toBe(8);
  });

  it("reach a call's own listener from every provider of a chain", async () => {
    const first = scripted({ sdk: { scripts: [fails(busy)] } }, { retry: 0 }).client;
    const second = scripted({ sdk: { scripts: [says("ok")] } }).client;
    const own: ClientEvent[] = [];
    await chain([first, second]).stream("hi", { onEvent: (event) => own.push(event) }).reply;
    expect(new Set(own.map(({ provider }) => provider))).toEqual(
      new Set([first.provider, second.provider]),
    );
    expect(new Set(own.map(({ callId }) => callId)).size).toBe(1);
    expect(own.at(-1)).toMatchObject({ type: "reply" });
  });

  it("are refused to a listener that is no function", async () => {
    const { client } = scripted({ sdk: { scripts: [says("ok")] } });
    const wrong = { onEvent: "log" } as unknown as CallOptions;
    await expect(client.chat("hi", wrong)).rejects.toMatchObject({ code: "INVALID_REQUEST" });
  });

  it("cannot fail a call", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const { client } = scripted(
      { sdk: { scripts: [says("ok")] } },
      {
        onEvent: () => {
          throw new Error("listener");
        },
      },
    );
    expect((await client.chat("hi")).text).toBe("ok");
    expect(warn).toHaveBeenCalled();
  });
});

describe("cost", () => {
  const withUsage = (usage: object): readonly Part[] => [
    { type: "start" },
    { type: "text", text: "a" },
    { type: "usage", usage },
    { type: "finish", reason: "stop" },
  ];
  const prices = { "model-1": { input: 3, output: 15, cacheRead: 0.3 } };

  it.each([
    [
      "what the CLI reports",
      { inputTokens: 1, outputTokens: 1, cost: 0.5 },
      prices,
      { amount: 0.5, source: "reported" },
    ],
    [
      "the caller's prices",
      { inputTokens: 1e6, outputTokens: 1e5, cacheReadTokens: 1e6 },
      prices,
      { amount: 4.8, source: "prices" },
    ],
    ["nothing without prices", { inputTokens: 1, outputTokens: 1 }, {}, undefined],
    ["nothing without tokens", { outputTokens: 1 }, prices, undefined],
  ])("is %s", async (_, usage, priceList, cost) => {
    const { client } = scripted(
      { sdk: { scripts: [gives(...withUsage(usage))] } },
      { prices: priceList },
    );
    expect((await client.chat("hi")).cost).toEqual(cost);
  });
});
