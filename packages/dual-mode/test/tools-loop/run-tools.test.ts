import { setTimeout } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { chain } from "../../src/client/chain.ts";
import { DualModeError } from "../../src/error.ts";
import { runTools } from "../../src/tools-loop/run-tools.ts";
import { fails, gives, says } from "../scripted-provider.ts";
import {
  ask,
  callParts,
  calls,
  clock,
  partsOf,
  playing,
  resultsIn,
  weather,
} from "./tools-scene.ts";

describe("a run", () => {
  it("makes the calls and asks again until the model answers", async () => {
    const { client, asked } = playing([calls(["a", "weather", { city: "Oslo" }]), says("Cold.")]);
    const tool = vi.fn(async ({ city }: { city: string }) => ({ city, degrees: -4 }));
    const reply = await runTools(client, ask("Oslo?"), { tools: { weather: tool } }).reply;
    expect(reply.text).toBe("Cold.");
    expect(tool).toHaveBeenCalledWith(
      { city: "Oslo" },
      { id: "a", name: "weather", signal: expect.any(AbortSignal) },
    );
    expect(resultsIn(asked[1])).toEqual([
      {
        role: "tool",
        toolCallId: "a",
        content: [{ type: "text", text: '{"city":"Oslo","degrees":-4}' }],
      },
    ]);
    expect(reply.steps.map(({ text }) => text)).toEqual(["Looking.", "Cold."]);
  });

  it("shows its steps as parts, and its reply beside them", async () => {
    const { client } = playing([calls(["a", "weather"]), says("Cold")]);
    const run = runTools(client, ask("Oslo?"), { tools: { weather: () => "-4" } });
    const parts = await partsOf(run);
    expect(parts.map(({ type }) => type)).toEqual([
      ...["start", "text", "tool-call", "usage", "finish", "step", "tool-result"],
      ...["start", "text", "text", "usage", "finish", "step"],
    ]);
    expect(parts.filter(({ type }) => type === "step")).toMatchObject([
      { step: 1, last: false, reply: { finishReason: "tool-calls" } },
      { step: 2, last: true, reply: { text: "Cold" } },
    ]);
    expect(parts[6]).toEqual({
      type: "tool-result",
      id: "a",
      name: "weather",
      content: "-4",
      ms: expect.any(Number),
    });
    expect((await run.reply).text).toBe("Cold");
  });

  it("asks nothing before it is read", async () => {
    const { client, ran } = playing([says("ok")]);
    const run = runTools(client, "hi", { tools: {} });
    await setTimeout(5);
    expect(ran).toEqual([]);
    expect((await run.reply).text).toBe("ok");
  });

  it("gives each answer another try after a fault in its middle, where nobody looks on", async () => {
    const broken = new DualModeError("NETWORK", "Cut.");
    const scripts = () => [
      calls(["a", "weather"]),
      fails(broken, [{ type: "start" }, { type: "text", text: "Co" }]),
      says("Cold."),
    ];
    const tools = { weather: () => "-4" };
    const { client } = playing(scripts());
    expect((await runTools(client, ask("?"), { tools }).reply).text).toBe("Cold.");
    const looked = playing(scripts());
    await expect(partsOf(runTools(looked.client, ask("?"), { tools }))).rejects.toMatchObject({
      code: "NETWORK",
    });
  });

  it("takes a text and the tools of the client's defaults", async () => {
    const { client } = playing([calls(["a", "weather"]), says("ok")], {
      defaults: { tools: [weather] },
    });
    const reply = await runTools(client, "hi", { tools: { weather: () => undefined } }).reply;
    expect(reply.steps).toHaveLength(2);
  });

  // openai/openai-agents-python#263, prism-php/prism#857: a forced call is made again and again, to the bound.
  it.each(["required", { tool: "weather" }] as const)(
    "forces a call once: toolChoice %j",
    async (toolChoice) => {
      const { client, asked } = playing([calls(["a", "weather"]), says("Cold.")]);
      const request = { ...ask("Oslo?"), toolChoice };
      await runTools(client, request, { tools: { weather: () => "-4" } }).reply;
      expect(asked.map((one) => one.toolChoice)).toEqual([toolChoice, undefined]);
    },
  );

  // vercel/workflow#1387: calls with another reason than "tool-calls" end the loop.
  it.each(["stop", "other"] as const)(
    "makes calls that came with the reason %s",
    async (reason) => {
      const odd = callParts(["a", "weather"]).map((part) =>
        part.type === "finish" ? ({ type: "finish", reason } as const) : part,
      );
      const { client } = playing([gives(...odd), says("Cold.")]);
      const reply = await runTools(client, ask("?"), { tools: { weather: () => "-4" } }).reply;
      expect(reply.text).toBe("Cold.");
    },
  );

  it("goes through a chain, to the next provider in its midst", async () => {
    const first = playing([
      calls(["a", "weather"]),
      fails(new DualModeError("QUOTA_EXHAUSTED", "Empty.")),
    ]);
    const second = playing([says("Cold.")]);
    const both = chain([first.client, second.client]);
    const reply = await runTools(both, ask("Oslo?"), { tools: { weather: () => "-4" } }).reply;
    expect(reply).toMatchObject({ text: "Cold.", provider: second.client.provider });
    expect(resultsIn(second.asked[0])).toMatchObject([{ content: [{ text: "-4" }] }]);
    expect(reply).toMatchObject({ fallback: true });
  });
});

describe("calls of one answer", () => {
  // vercel/ai#16577, can1357/oh-my-pi#11179: results in the order in which the tools ended.
  it("are made at once, and their results stand in the order of the calls", async () => {
    const { client, asked } = playing([
      calls(["slow", "weather", { city: "a" }], ["fast", "weather", { city: "b" }]),
      says("ok"),
    ]);
    let running = 0;
    let most = 0;
    const tools = {
      weather: async ({ city }: { city: string }) => {
        most = Math.max(most, ++running);
        await setTimeout(city === "a" ? 30 : 1);
        running--;
        return city;
      },
    };
    const parts = await partsOf(runTools(client, ask("?"), { tools }));
    expect(most).toBe(2);
    const ids = parts.flatMap((part) => (part.type === "tool-result" ? [part.id] : []));
    expect(ids).toEqual(["fast", "slow"]);
    expect(
      resultsIn(asked[1]).map((message) => "toolCallId" in message && message.toolCallId),
    ).toEqual(["slow", "fast"]);
  });

  it("fail one by one: the others' results are kept", async () => {
    const { client, asked } = playing([calls(["a", "weather"], ["b", "clock"]), says("ok")]);
    const tools = {
      weather: () => {
        throw new Error("No such city.");
      },
      clock: async () => "12:00",
    };
    await runTools(client, ask("?", [weather, clock]), { tools }).reply;
    expect(resultsIn(asked[1])).toMatchObject([
      { toolCallId: "a", isError: true, content: [{ text: "No such city." }] },
      { toolCallId: "b", content: [{ text: "12:00" }] },
    ]);
    expect(resultsIn(asked[1])[1]).not.toHaveProperty("isError");
  });
});

describe("maxSteps", () => {
  // laravel/ai#973, juspay/neurolink#1120: at the bound, what the model said or wanted is lost.
  it("ends the run with the answer that it came to, whose calls are not made", async () => {
    const { client, ran } = playing([calls(["a", "weather"])]);
    const tool = vi.fn(() => "-4");
    const options = { tools: { weather: tool }, maxSteps: 3 };
    const reply = await runTools(client, ask("?"), options).reply;
    expect(ran).toHaveLength(3);
    expect(tool).toHaveBeenCalledTimes(2);
    expect(reply).toMatchObject({ finishReason: "tool-calls", toolCalls: [{ name: "weather" }] });
    expect(reply.steps).toHaveLength(3);
  });

  it("is 20 by itself", async () => {
    const { client, ran } = playing([calls(["a", "weather"])]);
    await runTools(client, ask("?"), { tools: { weather: () => "-4" } }).reply;
    expect(ran).toHaveLength(20);
  });

  it("loses nothing: another run begins with the calls that were not made", async () => {
    const { client, asked } = playing([calls(["a", "weather"], ["b", "weather"]), says("Cold.")]);
    const tools = { weather: () => "-4" };
    const { messages } = await runTools(client, ask("?"), { tools, maxSteps: 1 }).reply;
    const answered = [...messages, { role: "tool", toolCallId: "a", content: "by hand" } as const];
    const again = runTools(client, { messages: answered, tools: [weather] }, { tools });
    expect((await again.reply).text).toBe("Cold.");
    expect(resultsIn(asked[1])).toMatchObject([
      { toolCallId: "a", content: [{ text: "by hand" }] },
      { toolCallId: "b", content: [{ text: "-4" }] },
    ]);
  });

  it("lets an answer that was cut end the run, its calls unmade", async () => {
    const cut = callParts(["a", "weather"]).map((part) =>
      part.type === "finish" ? ({ type: "finish", reason: "length" } as const) : part,
    );
    const { client } = playing([gives(...cut)]);
    const tool = vi.fn();
    const reply = await runTools(client, ask("?"), { tools: { weather: tool } }).reply;
    expect(reply.finishReason).toBe("length");
    expect(tool).not.toHaveBeenCalled();
  });
});

describe("usage and cost", () => {
  const tools = { weather: () => "-4" };

  it("are those of all steps", async () => {
    const prices = { "model-1": { input: 1_000_000, output: 1_000_000 } };
    const { client } = playing([calls(["a", "weather"]), says("ok")], { prices });
    const reply = await runTools(client, ask("?"), { tools }).reply;
    expect(reply.usage).toEqual({ inputTokens: 11, outputTokens: 7 });
    expect(reply.cost).toEqual({ amount: 18, source: "prices" });
    expect(reply.attempts).toHaveLength(2);
  });

  it("has no cost where one step's is not known: a part would be taken for the whole", async () => {
    const prices = (usage: { inputTokens?: number }) => (usage.inputTokens === 10 ? 1 : undefined);
    const { client } = playing([calls(["a", "weather"]), says("ok")], { prices });
    expect(await runTools(client, ask("?"), { tools }).reply).not.toHaveProperty("cost");
  });
});
