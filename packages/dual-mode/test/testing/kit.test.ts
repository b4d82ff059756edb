import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Code } from "../../src/contract/code.ts";
import type { Part } from "../../src/contract/part.ts";
import type { ServerSentEvent } from "../../src/http/event-lines.ts";
import { toChatBody } from "../../src/kit/chat-body.ts";
import { toChatParts } from "../../src/kit/chat-parts.ts";
import { chatServer } from "../../src/kit/chat-server.ts";
import { protocolExit, protocolExits } from "../../src/kit/protocol-exits.ts";
import { ProtocolReader } from "../../src/kit/protocol-reader.ts";

async function partsOf(...chunks: readonly object[]): Promise<Part[]> {
  async function* events(): AsyncGenerator<ServerSentEvent> {
    for (const chunk of chunks) yield { data: JSON.stringify(chunk) };
  }
  const parts: Part[] = [];
  for await (const part of toChatParts(events(), chatServer)) parts.push(part);
  return parts;
}

const delta = (members: object) => ({ model: "m", choices: [{ delta: members }] });
const end = (finish_reason: string) => ({ choices: [{ delta: {}, finish_reason }] });
const called = (index: number, members: object, args: string) =>
  delta({ tool_calls: [{ index, ...members, function: { ...members, arguments: args } }] });

describe("chat completions", () => {
  it("put the pieces of several tool calls together", async () => {
    const parts = await partsOf(
      called(0, { id: "a", name: "weather" }, '{"city":'),
      called(1, { id: "b", name: "time" }, ""),
      called(0, {}, '"Graz"}'),
      end("tool_calls"),
    );
    expect(parts).toEqual([
      { type: "start", model: "m" },
      { type: "tool-input", id: "a", name: "weather", text: '{"city":' },
      { type: "tool-input", id: "a", name: "weather", text: '"Graz"}' },
      { type: "tool-call", id: "a", name: "weather", input: { city: "Graz" } },
      { type: "tool-call", id: "b", name: "time", input: {} },
      { type: "finish", reason: "tool-calls", vendorReason: "tool_calls" },
    ]);
  });

  it("refuse a tool call that cannot be read", async () => {
    const parts = partsOf(called(0, { id: "a", name: "weather" }, '{"city'), end("tool_calls"));
    await expect(parts).rejects.toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it.each(["reasoning", "reasoning_content"])("tell what is thought, in %s", async (member) => {
    const parts = await partsOf(delta({ [member]: "hm" }), delta({ content: "yes" }), end("stop"));
    expect(parts.slice(1, 3)).toEqual([
      { type: "reasoning", text: "hm" },
      { type: "text", text: "yes" },
    ]);
  });

  it.each([
    [{ message: "down" }, "SERVER_ERROR"],
    ["down", "SERVER_ERROR"],
    [{ message: "slow down", code: 429 }, "RATE_LIMITED"],
  ])("throw an error that comes in mid-stream: %j", async (error, code) => {
    await expect(partsOf(delta({ content: "a" }), { error })).rejects.toMatchObject({ code });
  });

  it("send a tool's call and its answer back as they came", () => {
    const body = toChatBody({
      model: "m",
      messages: [
        { role: "user", content: [{ type: "text", text: "Weather?" }] },
        {
          role: "assistant",
          content: [{ type: "tool-call", id: "a", name: "weather", input: {} }],
        },
        { role: "tool", toolCallId: "a", content: [{ type: "text", text: "rain" }] },
      ],
    });
    const call = { id: "a", type: "function", function: { name: "weather", arguments: "{}" } };
    expect(body).toMatchObject({
      messages: [
        { role: "user", content: "Weather?" },
        { role: "assistant", content: "", tool_calls: [call] },
        { role: "tool", tool_call_id: "a", content: "rain" },
      ],
    });
  });

  // OpenHands#14177: "The `reasoning_content` in the thinking mode must be passed back to the API."
  // gptel#774, jan#8136: "property 'reasoning' is unsupported".
  it("give what was thought back where the server wants it, and nowhere else", () => {
    const call = (id: string) => ({ type: "tool-call", id, name: "rm", input: {} }) as const;
    const result = (toolCallId: string) => ({ role: "tool", toolCallId, content: [] }) as const;
    const thought = [
      { type: "reasoning", text: "Hm." },
      { type: "reasoning", text: "Claude's.", signature: "claude:x" },
    ] as const;
    const messages = [
      { role: "assistant", content: [...thought, call("a")] },
      result("a"),
      { role: "assistant", content: [call("b")] },
      result("b"),
    ] as const;
    const sent = (reasoningMember?: "reasoning_content") =>
      (toChatBody({ model: "m", messages }, { reasoningMember }) as { messages: object[] })
        .messages;
    const thoughts = (of: object[]) =>
      of
        .filter((each) => "tool_calls" in each)
        .map((each) => Reflect.get(each, "reasoning_content"));
    expect(thoughts(sent("reasoning_content"))).toEqual(["Hm.", ""]);
    expect(thoughts(sent())).toEqual([undefined, undefined]);
  });

  // pi#3311: servers that refuse an empty text, as of a tool that gave nothing.
  it("send a word for a tool that gave none", () => {
    const messages = [
      { role: "assistant", content: [{ type: "tool-call", id: "a", name: "rm", input: {} }] },
      { role: "tool", toolCallId: "a", content: [] },
    ] as const;
    expect(toChatBody({ model: "m", messages })).toMatchObject({
      messages: [{}, {}, { role: "tool", tool_call_id: "a", content: "(no output)" }],
    });
  });

  it("send what a tool gave as text, images behind it, and a failure as one", () => {
    const image = { type: "image", mediaType: "image/png", data: "aGk=" } as const;
    const call = (id: string, name: string) =>
      ({ type: "tool-call", id, name, input: {} }) as const;
    const content = [call("a", "files.draw"), call("b", "files.read")];
    const { messages } = toChatBody({
      model: "m",
      tools: [{ name: "files.draw", inputSchema: {} }],
      messages: [
        { role: "user", content: [{ type: "text", text: "Draw." }] },
        { role: "assistant", content },
        { role: "tool", toolCallId: "a", content: [image] },
        { role: "tool", toolCallId: "b", content: [{ type: "text", text: "gone" }], isError: true },
      ],
    }) as { messages: { tool_calls?: { function: { name: string } }[] }[] };
    // A name that the request's tools have is the server's to judge.
    const names = messages[1]?.tool_calls?.map((each) => each.function.name);
    expect(names).toEqual(["files.draw", expect.stringMatching(/^files_read_\w{8}$/)]);
    expect(messages.slice(2)).toEqual([
      { role: "tool", tool_call_id: "a", content: "(images)" },
      { role: "tool", tool_call_id: "b", content: "Error: gone" },
      {
        role: "user",
        content: [
          { type: "text", text: "What the tool files.draw gave:" },
          { type: "image_url", image_url: { url: "data:image/png;base64,aGk=" } },
        ],
      },
    ]);
  });
});

describe("a command of the protocol", () => {
  it("may end with the exit codes of docs/cli-protocol.md, and reads the same", () => {
    const guide = readFileSync(
      new URL("../../../../docs/cli-protocol.md", import.meta.url),
      "utf8",
    );
    const told = [...guide.matchAll(/\| (\d+) +\| `([A-Z_]+)` +/g)].map(([, exit, code]) => [
      exit,
      code,
    ]);
    expect(told.length).toBeGreaterThan(10);
    expect(Object.fromEntries(told)).toEqual(protocolExits);
    for (const [exit, code] of told) expect(protocolExit(code as Code)).toBe(Number(exit));
    expect(protocolExit("PROVIDER_FAULT")).toBe(1);
  });

  it("may say by its exit code alone what went wrong", () => {
    const read = () => [...new ProtocolReader().end({ exitCode: 15, stderr: "busy" })];
    expect(read).toThrow(expect.objectContaining({ code: "OVERLOADED" }));
  });

  it("has no answer without its finish", () => {
    const read = () => [...new ProtocolReader().end({ exitCode: 0, stderr: "" })];
    expect(read).toThrow(expect.objectContaining({ code: "INVALID_OUTPUT" }));
  });

  it("passes on what it knows and leaves out the rest", () => {
    const reader = new ProtocolReader();
    const call = { type: "tool-call", id: "a", name: "weather", input: {} };
    const start = { type: "start" };
    const read = [start, { type: "ping" }, call].flatMap((line) => [...reader.read(line)]);
    expect(read).toEqual([start, call]);
  });
});
