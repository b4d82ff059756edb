import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CanonicalRequest, Part, RunContext, Tool } from "@acc/dual-mode/provider";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { outcomeOf, runContext, textOf } from "../../../scripts/run-context.ts";
import { cli } from "../src/cli/mode.ts";

const command = fileURLToPath(new URL("fixtures/claude.mjs", import.meta.url));
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "acc-claude-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = (said: string) => ({ type: "text", text: said }) as const;
const weather: Tool = {
  name: "get_weather",
  description: "Tells the weather.",
  inputSchema: { properties: { city: { type: "string" } } },
};
const request: CanonicalRequest = {
  model: "claude-sonnet-5-5",
  messages: [{ role: "user", content: [text("What weather?")] }],
  tools: [weather],
};

const event = (inner: object) => ({ type: "stream_event", event: inner });
const usage = { input_tokens: 11, output_tokens: 7 };
const begun = event({ type: "message_start", message: { id: "msg_1", model: "played", usage } });
const said = (reason: string) => [
  event({ type: "message_delta", delta: { stop_reason: reason }, usage }),
  event({ type: "message_stop" }),
];
const call = (index: number, name: string, ...pieces: string[]) => [
  event({
    type: "content_block_start",
    index,
    content_block: { type: "tool_use", id: `toolu_${index}`, name, input: {} },
  }),
  ...pieces.map((partial_json) =>
    event({
      type: "content_block_delta",
      index,
      delta: { type: "input_json_delta", partial_json },
    }),
  ),
  event({ type: "content_block_stop", index }),
];
const ended = (subtype: string) => ({
  ...{ type: "result", subtype, is_error: true, num_turns: 2, stop_reason: "tool_use" },
  ...{ total_cost_usd: 0.25, usage: { input_tokens: 0, output_tokens: 0 } },
});
const called = [
  { type: "system", subtype: "init", tools: ["mcp__acc__get_weather"] },
  begun,
  ...call(0, "mcp__acc__get_weather", '{"city"', ':"Graz"}'),
  ...said("tool_use"),
];

interface Play {
  readonly lines?: readonly object[];
  readonly asked?: CanonicalRequest;
  readonly context?: Partial<RunContext<object>>;
}

async function play({ lines = [...called, ended("error_max_turns")], ...given }: Play = {}) {
  const { asked = request, context = {} } = given;
  const record = join(folder, "record.json");
  const cliEnv = { PLAY_LINES: JSON.stringify(lines), PLAY_RECORD: record, PLAY_EXIT: "1" };
  const usual = { command, version: "2.1.330", cliEnv };
  const outcome = await outcomeOf(
    cli.run(asked, runContext("http://127.0.0.1:9", { ...usual, ...context })),
  );
  return { ...outcome, given: () => JSON.parse(readFileSync(record, "utf8")) };
}

describe("a tool of the caller's", () => {
  it.each(["error_max_turns", "error_max_budget_usd"])(
    "is called under the caller's name, and the run is over (%s)",
    async (subtype) => {
      const { parts, error } = await play({ lines: [...called, ended(subtype)] });
      const named = { id: "toolu_0", name: "get_weather" };
      expect(error).toBeUndefined();
      expect(parts).toEqual([
        { type: "start", model: "played", id: "msg_1" },
        { type: "tool-input", ...named, text: '{"city"' },
        { type: "tool-input", ...named, text: ':"Graz"}' },
        { type: "tool-call", ...named, input: { city: "Graz" } },
        { type: "usage", usage: { inputTokens: 11, outputTokens: 7, cost: 0.25 } },
        { type: "finish", reason: "tool-calls", vendorReason: "tool_use" },
      ]);
    },
  );

  it("is listed by a server of the run that is in no argument, and by no other", async () => {
    const { args, mcp, programs, env } = (await play()).given();
    expect(args).toContain("--strict-mcp-config");
    expect(args.join(" ")).not.toContain("get_weather");
    expect(Object.keys(mcp.mcpServers)).toEqual(["acc"]);
    expect(mcp.mcpServers.acc).toMatchObject({ type: "stdio" });
    expect(programs[0]).toContain(
      '[{"name":"get_weather","description":"Tells the weather.","inputSchema":{"type":"object","properties":{"city":{"type":"string"}}}}]',
    );
    // anthropics/claude-code#74926, #76239, #65094: asked before the server is connected
    expect(mcp.mcpServers.acc.alwaysLoad).toBe(true);
    expect(env).toMatchObject({ MCP_CONNECTION_NONBLOCKING: "0", ENABLE_TOOL_SEARCH: "false" });
    expect(env.CLAUDE_CODE_EXTRA_BODY).not.toContain("tool_choice");
  });

  it("is started for by no request without tools", async () => {
    const { tools: _, ...asked } = request;
    const { args, env } = (await play({ asked })).given();
    expect(args).not.toContain("--mcp-config");
    expect(env).not.toHaveProperty("MCP_CONNECTION_NONBLOCKING");
  });

  // anthropics/claude-code#43968: the run goes on without the tools, and says so at its start alone
  it("that the CLI does not list fails the run at its start", async () => {
    const servers = [{ name: "acc", status: "failed" }];
    const init = { type: "system", subtype: "init", tools: [], mcp_servers: servers };
    const { parts, error } = await play({ lines: [init, ...called.slice(1)] });
    expect(parts).toEqual([]);
    expect(error).toMatchObject({
      code: "CLI_CRASHED",
      message: expect.stringMatching(/does not list mcp__acc__get_weather;.*"failed"/),
    });
  });

  it("is called beside the answer to a schema", async () => {
    const asked = { ...request, schema: { type: "object" } };
    const lines = [
      begun,
      ...call(0, "mcp__acc__get_weather", "{}"),
      ...said("tool_use"),
      ended("error_max_turns"),
    ];
    const { parts, error } = await play({ asked, lines });
    expect(error).toBeUndefined();
    expect(parts.filter(({ type }) => type === "tool-call")).toMatchObject([
      { name: "get_weather" },
    ]);
    expect(parts.at(-1)).toEqual({
      type: "finish",
      reason: "tool-calls",
      vendorReason: "tool_use",
    });
    const object = [
      begun,
      ...call(0, "StructuredOutput", '{"a":1}'),
      ...said("tool_use"),
      { ...ended("success"), is_error: false, num_turns: 1 },
    ];
    const structured = await play({ asked, lines: object });
    expect(textOf(structured.parts as Part[])).toBe('{"a":1}');
  });

  it("that is none of the caller's comes as the model named it", async () => {
    const lines = [begun, ...call(0, "Bash", "{}"), ...said("tool_use"), ended("error_max_turns")];
    const { parts } = await play({ lines });
    expect(parts.filter(({ type }) => type === "tool-call")).toMatchObject([{ name: "Bash" }]);
  });

  it("that was not called whole is none", async () => {
    const cut = [begun, ...call(0, "mcp__acc__get_weather", '{"ci').slice(0, 2)];
    const { error } = await play({ lines: [...cut, ended("error_max_turns")] });
    expect(error).toMatchObject({ code: "INVALID_OUTPUT" });
  });
});

describe("names", () => {
  // anthropics/claude-code#2412, #19770; mims-harvard/ToolUniverse#65
  it("that are too long with the prefix, odd or alike are fitted, and come back", async () => {
    const names = ["x".repeat(60), "x".repeat(61), "get weather", "get.weather", "wetter_ä"];
    const asked = { ...request, tools: names.map((name) => ({ ...weather, name })) };
    const { programs } = (await play({ asked })).given();
    const listed: { name: string }[] = JSON.parse(/^tools='(.*)'$/m.exec(programs[0])?.[1] ?? "");
    const sent = listed.map(({ name }) => `mcp__acc__${name}`);
    expect(new Set(sent).size).toBe(names.length);
    for (const name of sent) expect(name).toMatch(/^[\w-]{1,64}$/);
    const calls = sent.flatMap((name, index) => call(index, name, "{}"));
    const { parts } = await play({ asked, lines: [begun, ...calls, ...said("tool_use")] });
    const given = parts.flatMap((part) => (part.type === "tool-call" ? [part.name] : []));
    expect(given).toEqual(names);
  });
});

describe("the model's choice", () => {
  it.each([
    ["required", { type: "any" }],
    [{ tool: "get_weather" }, { type: "tool", name: "mcp__acc__get_weather" }],
    ["none", { type: "none" }],
  ] as const)("is sent for %j", async (toolChoice, tool_choice) => {
    const { env } = (await play({ asked: { ...request, toolChoice } })).given();
    expect(JSON.parse(env.CLAUDE_CODE_EXTRA_BODY)).toMatchObject({ tool_choice });
  });

  it("is one call at most", async () => {
    const asked = { ...request, parallelTools: false } as const;
    const one = { type: "auto", disable_parallel_tool_use: true };
    const { env } = (await play({ asked })).given();
    // Beside what keeps the model from thinking.
    const thinking = { type: "between_tools" };
    expect(JSON.parse(env.CLAUDE_CODE_EXTRA_BODY)).toEqual({ thinking, tool_choice: one });
  });
});

describe("a tool that the CLI would change or leave out is refused", () => {
  it.each([
    // anthropics/claude-code#45106, #4886
    ["anyOf at the top", { inputSchema: { anyOf: [{}] } }, "no anyOf at the top"],
    // anthropics/claude-code#92648, #79418
    ["a member's name", { inputSchema: { properties: { "uids[]": {} } } }, '"uids[]"'],
    ["no object", { inputSchema: { type: "string" } }, "schema of an object"],
  ])("for %s", async (_, change, why) => {
    const { error } = await play({ asked: { ...request, tools: [{ ...weather, ...change }] } });
    const message = expect.stringContaining(why);
    expect(error).toMatchObject({ code: "UNSUPPORTED_FEATURE", message });
    expect(error).toMatchObject({ message: expect.stringMatching(/tools\[0\] \("get_weather"\)/) });
  });

  // anthropics/claude-code#41593, #87650: cut off at 2048 characters, without a word
  it("for a long description, where the version cuts it", async () => {
    const asked = { ...request, tools: [{ ...weather, description: "x".repeat(2049) }] };
    const { error } = await play({ asked, context: { version: "2.1.197" } });
    expect(error).toMatchObject({ code: "UNSUPPORTED_FEATURE" });
    expect((await play({ asked })).error).toBeUndefined();
    const fits = { ...request, tools: [{ ...weather, description: "x".repeat(2048) }] };
    const older = await play({ asked: fits, context: { version: "2.1.197" } });
    expect(older.error).toBeUndefined();
  });
});

describe("images and files", () => {
  const png = { type: "image", mediaType: "image/png", data: "iVBORw0KGgo=" } as const;
  const pdf = {
    type: "file",
    mediaType: "application/pdf",
    data: "JVBERi0=",
    name: "a.pdf",
  } as const;
  const { tools: _, ...plain } = request;

  async function sent(messages: CanonicalRequest["messages"]) {
    const { stdin, args } = (await play({ asked: { ...plain, messages } })).given();
    expect(args).toEqual(expect.arrayContaining(["--input-format", "stream-json"]));
    const lines = stdin.trim().split("\n");
    expect(lines).toHaveLength(1);
    return JSON.parse(lines[0]).message.content;
  }

  it("go in one message, where they stand", async () => {
    expect(await sent([{ role: "user", content: [text("/see"), png, text("and"), pdf] }])).toEqual([
      { type: "text", text: "\n/see" },
      { type: "image", source: { type: "base64", media_type: "image/png", data: png.data } },
      { type: "text", text: "and" },
      expect.objectContaining({
        type: "document",
        title: "a.pdf",
        source: { type: "base64", media_type: "application/pdf", data: pdf.data },
      }),
    ]);
  });

  it("stand behind a newline where no text is before them", async () => {
    const content = await sent([{ role: "user", content: [png] }]);
    expect(content.map(({ type }: { type: string }) => type)).toEqual(["text", "image"]);
    expect(content[0].text).toBe("\n");
  });

  it("of a conversation stand where its JSON has their numbers", async () => {
    const content = await sent([
      { role: "user", content: [text("One"), png] },
      { role: "assistant", content: [text("Seen.")] },
      { role: "user", content: [pdf, text("And this?")] },
    ]);
    expect(content.map(({ type }: { type: string }) => type)).toEqual([
      ...["text", "image", "text", "document", "text"],
    ]);
    expect(content[0].text).toMatch(/\{"image":1\}$/);
    expect(content[2].text).toMatch(/\{"file":2,"name":"a.pdf"\}$/);
  });
});
