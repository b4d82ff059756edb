import type { Part } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { textOf } from "../../../test/played/run-context.ts";
import {
  begun,
  call,
  called,
  cliToolsScene,
  ended,
  request,
  said,
  weather,
} from "./cli-tools-scene.ts";

const { play } = cliToolsScene();

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
