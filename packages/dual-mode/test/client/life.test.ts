import { memoryStore, openCache } from "@acc/cache";
import { describe, expect, it } from "vitest";
import type { Part } from "../../src/contract/part.ts";
import { DualModeError } from "../../src/error.ts";
import { fails, gives, type Script, says, scripted } from "../scripted-provider.ts";

const start = { type: "start" } as const;
const finish = { type: "finish", reason: "stop" } as const;
const call = { type: "tool-call", id: "a", name: "write", input: { x: 1 } } as const;
const called = { type: "finish", reason: "tool-calls" } as const;
const piece = (text: string) => ({ type: "tool-input", id: "a", name: "write", text }) as const;
const calling = [start, piece('{"x":'), piece("1}"), call, called] as const;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function collect(parts: AsyncIterable<Part>): Promise<Part[]> {
  const all: Part[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

const types = (parts: readonly Part[]) => parts.map(({ type }) => type);

/** Gives signs of life alone, for longer than the idle timer waits, before and after its start. */
const alive = (before: number, after: number): Script =>
  async function* (_, context) {
    const ping = async (times: number) => {
      for (let left = times; left > 0; left -= 1) {
        await sleep(100);
        context.alive();
      }
    };
    await ping(before);
    yield start;
    await ping(after);
    yield { type: "text", text: "late" };
    yield finish;
  };

describe("the idle timer", () => {
  const timeout = { idle: 500, firstPart: 500 };

  it("begins anew with every sign of life (llxprt-code#1884, copilot-cli#4286)", async () => {
    const { client } = scripted({ sdk: { scripts: [alive(0, 8)] } }, { timeout });
    expect((await client.chat("hi")).text).toBe("late");
  });

  it("waits for a first part, whatever else comes before it", async () => {
    const { client } = scripted({ sdk: { scripts: [alive(8, 0)] } }, { timeout, retry: 0 });
    await expect(client.chat("hi")).rejects.toMatchObject({
      attempts: [{ code: "TIMEOUT", reason: "No part of an answer came for 500 ms." }],
    });
  });

  it("ends an answer of which nothing comes any more", async () => {
    const silent: Script = async function* (_, context) {
      yield start;
      context.alive();
      await sleep(1_500);
      yield finish;
    };
    const { client } = scripted({ sdk: { scripts: [silent] } }, { timeout, retry: 0 });
    await expect(client.chat("hi")).rejects.toMatchObject({
      attempts: [{ code: "TIMEOUT", reason: "The answer stalled for 500 ms." }],
    });
  });

  it("does not take a process that stood still for a vendor that did", async () => {
    const blocked: Script = async function* () {
      yield start;
      const arriving = new Promise<string>((resolve) => setTimeout(resolve, 600, "there"));
      const until = performance.now() + 700;
      while (performance.now() < until);
      yield { type: "text", text: await arriving };
      yield finish;
    };
    const { client } = scripted({ sdk: { scripts: [blocked] } }, { timeout, retry: 0 });
    expect((await client.chat("hi")).text).toBe("there");
  });
});

describe("pieces of a tool call's arguments", () => {
  it("show in a stream, and are the call's in its reply", async () => {
    const { client } = scripted({ sdk: { scripts: [gives(...calling)] } });
    const stream = client.stream("hi");
    expect(await collect(stream)).toEqual(calling);
    const { toolCalls, text } = await stream.reply;
    expect({ toolCalls, text }).toEqual({
      toolCalls: [{ id: "a", name: "write", input: { x: 1 } }],
      text: "",
    });
  });

  it.each(["chat", "stream"] as const)("are not kept of a %s", async (way) => {
    await using cache = openCache({ store: memoryStore() });
    const { client, ran } = scripted({ sdk: { scripts: [gives(...calling)] } }, { cache });
    if (way === "chat") await client.chat("hi");
    else expect(types(await collect(client.stream("hi")))).toContain("tool-input");
    const again = client.stream("hi");
    expect(types(await collect(again))).toEqual(["start", "tool-call", "finish"]);
    expect(await again.reply).toMatchObject({ cached: true, toolCalls: [{ input: { x: 1 } }] });
    expect(ran).toHaveLength(1);
  });

  it("are content: an answer of which one was seen is not asked for again in silence", async () => {
    const broken = fails(new DualModeError("OVERLOADED", "Too busy."), [start, piece('{"x')]);
    const { client, ran } = scripted(
      { sdk: { scripts: [broken, says("x")] }, cli: { scripts: [says("x")] } },
      { billing: "key" },
    );
    await expect(collect(client.stream("hi"))).rejects.toMatchObject({ code: "OVERLOADED" });
    expect(ran).toEqual(["sdk option"]);
    expect((await client.chat("hi")).text).toBe("x");
  });
});

describe("a part of a wrong form is the provider's fault", () => {
  it.each([
    [{ type: "start", model: 5 }],
    [{ type: "start", model: "" }],
    [{ type: "start", id: {} }],
    [{ type: "constructor" }],
    [{ type: "tool-call", id: "", name: "a", input: {} }],
    [{ type: "tool-call", id: "a", name: "a" }],
    [{ type: "tool-call", id: "a", name: "a", input: {}, signature: 1 }],
    [{ type: "tool-input", id: "a", name: "a" }],
    [{ type: "text", text: 7 }],
    [{ type: "usage", usage: { inputTokens: "5" } }],
    [{ type: "usage", usage: { cost: -1 } }],
    [{ type: "usage", usage: { outputTokens: Number.NaN } }],
    [{ type: "finish", reason: "constructor" }],
    [{ type: "warning", warning: null }],
    [null],
  ])("%j", async (part) => {
    const before = (part as Part | null)?.type === "start" ? [] : [start];
    const { client } = scripted({ sdk: { scripts: [gives(...before, part as never, finish)] } });
    await expect(client.chat("hi")).rejects.toMatchObject({ code: "PROVIDER_FAULT" });
  });
});
