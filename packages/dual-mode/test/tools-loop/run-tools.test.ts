import { setTimeout } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { chain } from "../../src/client/chain.ts";
import type { CanonicalRequest } from "../../src/contract/canonical.ts";
import type { ClientOptions } from "../../src/contract/client.ts";
import type { Part } from "../../src/contract/part.ts";
import type { Tool } from "../../src/contract/request.ts";
import { DualModeError } from "../../src/error.ts";
import type { RunPart } from "../../src/tools-loop/contract.ts";
import { runTools } from "../../src/tools-loop/run-tools.ts";
import { fails, gives, hangs, type Script, says, scripted } from "../scripted-provider.ts";

const inputSchema = { type: "object", properties: { city: { type: "string" } } };
const weather: Tool = { name: "weather", inputSchema };
const clock: Tool = { name: "clock", inputSchema: { type: "object" } };
const ask = (content: string, tools: readonly Tool[] = [weather]) => ({
  messages: [{ role: "user", content }] as const,
  tools,
});

type Call = readonly [id: string, name: string, input?: unknown];

const callParts = (...calls: readonly Call[]): Part[] => [
  { type: "start", model: "model-1" },
  { type: "text", text: "Looking." },
  ...calls.map(([id, name, input = {}]): Part => ({ type: "tool-call", id, name, input })),
  { type: "usage", usage: { inputTokens: 10, outputTokens: 5 } },
  { type: "finish", reason: "tool-calls" },
];
const calls = (...made: readonly Call[]): Script => gives(...callParts(...made));

const supports = ["system", "multiTurn", "tools", "toolChoice", "images", "files"] as const;

/** A client that plays scripts, and the requests that it was asked. */
function playing(scripts: readonly Script[], options: ClientOptions = {}) {
  const asked: CanonicalRequest[] = [];
  const noted = scripts.map(
    (script): Script =>
      (request, context) => {
        asked.push(request);
        return script(request, context);
      },
  );
  return { ...scripted({ sdk: { scripts: noted, supports } }, options), asked };
}

const resultsIn = (request: CanonicalRequest | undefined) =>
  (request?.messages ?? []).filter(({ role }) => role === "tool");

/** Something that is told once. */
function signalOf() {
  let tell = (_?: unknown) => {};
  const told = new Promise<unknown>((resolve) => {
    tell = resolve;
  });
  return { told, tell };
}

async function partsOf(run: AsyncIterable<RunPart>): Promise<RunPart[]> {
  const parts: RunPart[] = [];
  for await (const part of run) parts.push(part);
  return parts;
}

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

describe("what a tool gives", () => {
  const image = { type: "image", mediaType: "image/png", data: "iVBORw0KGgo=" } as const;
  const file = { type: "file", mediaType: "application/pdf", data: "JVBERg==" } as const;
  const loop: { self?: object } = {};
  loop.self = loop;

  it.each<[string, unknown, string | object]>([
    ["a text", "warm", "warm"],
    ["nothing", undefined, ""],
    ["null", null, "null"],
    ["a number", 0, "0"],
    ["an object", { a: [1] }, '{"a":[1]}'],
    ["a list that is no content", ["x"], '["x"]'],
    ["an empty list", [], "[]"],
    ["pieces", [{ type: "text", text: "see" }, image], [{ type: "text", text: "see" }, image]],
    ["a file", [file], [file]],
  ])("goes to the model: %s", async (_, given, content) => {
    const { client } = playing([calls(["a", "weather"]), says("ok")]);
    const parts = await partsOf(runTools(client, ask("?"), { tools: { weather: () => given } }));
    const result = parts.find(({ type }) => type === "tool-result");
    expect(result).toMatchObject({ content });
    expect(result).not.toHaveProperty("isError");
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "an error",
      () => {
        throw new Error("Bad.");
      },
      /^Bad\.$/,
    ],
    [
      "an error without words",
      () => {
        throw new RangeError();
      },
      /^RangeError$/,
    ],
    [
      "a text that is thrown",
      () => {
        throw "Bad.";
      },
      /^Bad\.$/,
    ],
    [
      "undefined that is thrown",
      () => {
        throw undefined;
      },
      /^The tool failed\.$/,
    ],
    ["a rejection", () => Promise.reject(new Error("Late.")), /^Late\.$/],
    ["what JSON cannot hold", () => loop, /circular/],
    ["a function", () => () => {}, /a function, which is no JSON/],
    ["a bigint", () => 1n, /BigInt/],
  ])("is told as an error: %s", async (_, weather, said) => {
    const { client } = playing([calls(["a", "weather"]), says("ok")]);
    const parts = await partsOf(runTools(client, ask("?"), { tools: { weather } }));
    expect(parts.find(({ type }) => type === "tool-result")).toMatchObject({
      isError: true,
      content: expect.stringMatching(said),
    });
    expect(parts.at(-1)).toMatchObject({ type: "step", step: 2, last: true });
  });

  it("holds no key of ours where it is an error", async () => {
    const { client, asked } = playing([calls(["a", "weather"]), says("ok")], {
      apiKey: "sk-canary-0123456789abcdef",
    });
    const tools = {
      weather: () => {
        throw new Error("401 for sk-canary-0123456789abcdef");
      },
    };
    await runTools(client, ask("?"), { tools }).reply;
    expect(JSON.stringify(asked[1])).not.toContain("canary");
  });

  // openai/openai-agents-python#3459, kagent-dev/kagent#2794: one wrong name ends the whole run.
  it.each(["wether", "constructor", "__proto__", "toString"])(
    "is an error that names the tools where there is no %s",
    async (name) => {
      const { client, asked } = playing([calls(["a", name]), says("ok")]);
      await runTools(client, ask("?"), { tools: { weather: () => "-4" } }).reply;
      expect(resultsIn(asked[1])).toMatchObject([
        { isError: true, content: [{ text: `There is no tool "${name}". There are: weather.` }] },
      ]);
    },
  );
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

describe("a run ends", () => {
  const slow = { weather: () => new Promise<string>(() => {}) };

  it("by its caller, though a tool does not listen, and keeps what it had", async () => {
    const { client } = playing([calls(["a", "weather"], ["b", "clock"])]);
    const control = new AbortController();
    const tools = { ...slow, clock: () => "12:00" };
    const run = runTools(client, ask("?", [weather, clock]), { tools, signal: control.signal });
    const failed = expect(run.reply).rejects.toMatchObject({
      code: "ABORTED",
      attempts: [{ mode: "sdk" }],
    });
    await setTimeout(20);
    control.abort(new Error("Enough."));
    await failed;
    expect(run.messages).toMatchObject([
      { role: "user" },
      { role: "assistant" },
      { role: "tool", toolCallId: "b", content: "12:00" },
    ]);
  });

  it("tells its tools so", async () => {
    const { client } = playing([calls(["a", "weather"])]);
    const control = new AbortController();
    const heard = signalOf();
    const tools = {
      weather: (_: unknown, { signal }: { signal: AbortSignal }) => {
        signal.addEventListener("abort", () => heard.tell(signal.reason));
        control.abort();
        return new Promise(() => {});
      },
    };
    const run = runTools(client, ask("?"), { tools, signal: control.signal });
    await expect(run.reply).rejects.toMatchObject({ code: "ABORTED" });
    expect(await heard.told).toMatchObject({ code: "ABORTED" });
  });

  it("before it begins, where the signal is aborted already", async () => {
    const { client, ran } = playing([says("ok")]);
    const run = runTools(client, ask("?"), { tools: slow, signal: AbortSignal.abort() });
    await expect(run.reply).rejects.toMatchObject({ code: "ABORTED" });
    expect(ran).toEqual([]);
  });

  it.each([30, { total: 30 }])("by its time, its tools' among it: timeout %j", async (timeout) => {
    const { client } = playing([calls(["a", "weather"])]);
    const run = runTools(client, ask("?"), { tools: slow, timeout });
    await expect(run.reply).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  });

  it("when its loop is left, in the midst of an answer or of a tool", async () => {
    const left = signalOf();
    const waits: Script = async function* (request, context) {
      context.signal.addEventListener("abort", () => left.tell());
      yield* hangs([{ type: "start" }, { type: "text", text: "a" }])(request, context);
    };
    const { client } = playing([waits]);
    for await (const part of runTools(client, ask("?"), { tools: slow })) {
      if (part.type === "text") break;
    }
    await left.told;
    const second = playing([calls(["a", "weather"])]);
    const heard = vi.fn();
    const tools = {
      weather: (_: unknown, { signal }: { signal: AbortSignal }) => {
        signal.addEventListener("abort", heard);
        return new Promise(() => {});
      },
    };
    const run = runTools(second.client, ask("?"), { tools })[Symbol.asyncIterator]();
    for (;;) if ((await run.next()).value?.type === "step") break;
    void run.next().catch(() => {});
    await setTimeout(5);
    await run.return?.();
    expect(heard).toHaveBeenCalled();
  });

  it("with the failure of a step, which tells what came before it, and can be gone on from", async () => {
    const { client } = playing([
      calls(["a", "weather"]),
      fails(new DualModeError("INVALID_REQUEST", "Too odd.")),
      says("Cold."),
    ]);
    const tool = vi.fn(() => "-4");
    const run = runTools(client, ask("?"), { tools: { weather: tool } });
    await expect(run.reply).rejects.toMatchObject({
      code: "INVALID_REQUEST",
      attempts: [{ model: "model-1" }, { code: "INVALID_REQUEST" }],
    });
    const rest = { messages: run.messages, tools: [weather] };
    const again = runTools(client, rest, { tools: { weather: tool } });
    expect((await again.reply).text).toBe("Cold.");
    expect(tool).toHaveBeenCalledTimes(1);
  });
});

describe("what cannot be run is refused by name", () => {
  const { client, ran } = playing([says("ok")]);
  const tool = () => "";

  it.each<[string, object | string, object, RegExp]>([
    ["no tools", ask("?"), {}, /options\.tools must be/],
    ["a tool that is no function", ask("?"), { tools: { weather: 1 } }, /options\.tools\.weather/],
    [
      "a tool without a function",
      ask("?", [weather, clock]),
      { tools: { weather: tool } },
      /"clock"/,
    ],
    ["a function without a tool", ask("?"), { tools: { weather: tool, wether: tool } }, /"wether"/],
    ["no step", ask("?"), { tools: { weather: tool }, maxSteps: 0 }, /maxSteps must be at least 1/],
    ["half a step", ask("?"), { tools: { weather: tool }, maxSteps: 1.5 }, /maxSteps/],
    [
      "an option of another name",
      ask("?"),
      { tools: { weather: tool }, maxTurns: 1 },
      /"maxTurns"/,
    ],
    ["an empty prompt", " ", { tools: {} }, /prompt must not be empty/],
    ["no messages", {}, { tools: {} }, /request\.messages/],
  ])("%s", async (_, request, options, said) => {
    const run = runTools(client, request as never, options as never);
    await expect(run.reply).rejects.toMatchObject({
      code: "INVALID_REQUEST",
      message: expect.stringMatching(said),
    });
    expect(ran).toEqual([]);
  });
});

it("forces a call once where the client's defaults force it", async () => {
  const scripts = [calls(["1", "weather"]), says("Sunny.")];
  const { client, asked } = playing(scripts, { defaults: { toolChoice: "required" } });
  const reply = await runTools(client, ask("Oslo?"), { tools: { weather: () => "sun" } }).reply;
  expect(reply.text).toBe("Sunny.");
  expect(asked.map((one) => one.toolChoice)).toEqual(["required", undefined]);
});

it("makes a call once that stands in the content and beside it", async () => {
  const { client, asked } = playing([says("Sunny.")]);
  const call = { id: "1", name: "weather", input: {} };
  const content = [{ type: "tool-call", ...call }] as const;
  const messages = [
    ...ask("Oslo?").messages,
    { role: "assistant", content, toolCalls: [call] },
  ] as const;
  const weatherNow = vi.fn(() => "sun");
  await runTools(client, { ...ask("Oslo?"), messages }, { tools: { weather: weatherNow } }).reply;
  expect(weatherNow).toHaveBeenCalledTimes(1);
  expect(resultsIn(asked[0])).toHaveLength(1);
});
