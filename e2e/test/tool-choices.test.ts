import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { callsIn, toolsOf } from "./received.ts";
import { Scene } from "./scene.ts";
import { clis } from "./targets.ts";
import { asksFor, stallsInCall } from "./tool-answers.ts";
import { asked, time, weather } from "./tools-scene.ts";
import { itWhere } from "./where.ts";

const scene = new Scene();

/** How Claude Code and Gemini CLI are given tools; what holds for every target is in tools.test.ts. */
const toolClis = clis.filter(({ vendor }) => vendor === "claude" || vendor === "gemini");

describe.each(toolClis)("$name", (target) => {
  const { vendor } = target;
  const isClaude = vendor === "claude";

  const names = (...tools: readonly string[]) =>
    isClaude ? tools.map((name) => `mcp__acc__${name}`) : tools;

  it("is told whether it must call, and which", async () => {
    scene.tools = names("get_weather", "get_time");
    const call = { tool: "get_weather", input: { city: "Graz" } };
    const server = await scene.serve(asksFor(vendor, "So. ", [call]));
    await using client = scene.open(target, server.url);
    const choices = ["required", { tool: "get_weather" }, "none"] as const;
    // Its newest models refuse to be forced to a call.
    const model = isClaude ? { model: "claude-haiku-4-5" } : {};
    for (const toolChoice of choices) {
      await client.chat({ messages: [asked], tools: [weather, time], toolChoice, ...model });
    }
    const told = callsIn(server.requests).map(({ body }) => JSON.parse(body));
    expect(told.map(({ tool_choice, toolConfig }) => tool_choice ?? toolConfig)).toEqual(
      isClaude
        ? [{ type: "any" }, { type: "tool", name: "mcp__acc__get_weather" }, { type: "none" }]
        : [
            { functionCallingConfig: { mode: "ANY" } },
            { functionCallingConfig: { mode: "ANY", allowedFunctionNames: ["get_weather"] } },
            { functionCallingConfig: { mode: "NONE" } },
          ],
    );
  });

  itWhere(isClaude, "is told to call one tool at most", async () => {
    scene.tools = names("get_weather");
    const server = await scene.serve(plays(vendor, "Sunny."));
    await using client = scene.open(target, server.url);
    await client.chat({ messages: [asked], tools: [weather], parallelTools: false });
    expect(JSON.parse(callsIn(server.requests)[0]?.body ?? "").tool_choice).toEqual({
      type: "auto",
      disable_parallel_tool_use: true,
    });
  });

  it("takes names that it would cut, change or throw together", async () => {
    const long = "a_tool_whose_name_goes_on_and_on_".repeat(5);
    const odd = [
      "weather now",
      "weather.now",
      "weather/now",
      "wetter_jetzt_ä",
      `${long}1`,
      `${long}2`,
    ];
    const tools = odd.map((name) => ({ ...weather, name }));
    let sent: readonly string[] = [];
    const server = await scene.serve((response, request) => {
      sent = toolsOf(request).map(({ name }) => name ?? "");
      scene.tools = sent;
      const calls = sent.map((tool, index) => ({ tool, input: { city: String(index) } }));
      return asksFor(vendor, "All. ", calls)(response, request);
    });
    await using client = scene.open(target, server.url);
    const { toolCalls } = await client.chat({ messages: [asked], tools });
    expect(new Set(sent).size).toBe(odd.length);
    for (const name of sent) expect(name).toMatch(isClaude ? /^[\w-]{1,64}$/ : /^[\w.:-]{1,128}$/);
    expect(toolCalls.map(({ name }) => name).toSorted()).toEqual(odd.toSorted());
  });

  itWhere(isClaude, "takes the caller's tools beside a schema", async () => {
    const jsonSchema = { type: "object", properties: { sky: { type: "string" } } };
    const schema = { jsonSchema, validate: (value: unknown) => value };
    scene.tools = ["StructuredOutput", "mcp__acc__get_weather"];
    const call = { tool: "get_weather", input: { city: "Graz" } };
    const server = await scene.serve(asksFor(vendor, "Let me see. ", [call]));
    await using client = scene.open(target, server.url);
    const reply = await client.chat({ messages: [asked], tools: [weather], schema });
    expect(reply).toMatchObject({ finishReason: "tool-calls" });
    expect(reply.toolCalls).toMatchObject([{ name: "get_weather", input: call.input }]);
    const answer = { tool: "StructuredOutput", input: { sky: "blue" } };
    server.answer = asksFor(vendor, "Here. ", [answer]);
    const object = await client.chat({ messages: [asked], tools: [weather], schema });
    expect(object).toMatchObject({ object: { sky: "blue" }, finishReason: "stop", toolCalls: [] });
  });

  it("leaves no process where a call is broken off", async () => {
    scene.tools = names("get_weather");
    const answer = stallsInCall(vendor === "claude" ? "claude" : "gemini", "get_weather");
    const server = await scene.serve(answer);
    await using client = scene.open(target, server.url);
    const stop = new AbortController();
    const loop = async () => {
      const request = { messages: [asked], tools: [weather] };
      for await (const part of client.stream(request, { signal: stop.signal })) {
        if (part.type !== "text") continue;
        expect(toolServers()).toHaveLength(isClaude ? 1 : 0);
        stop.abort();
      }
    };
    expect((await scene.failure(loop())).code).toBe("ABORTED");
    await vi.waitFor(() => expect([...toolServers(), ...scene.processes()]).toEqual([]));
  });
});

/** Servers of tools that a run of this test has. */
function toolServers(): readonly string[] {
  const folder = process.env.TMPDIR ?? "";
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const words = commandLine(pid);
      return words.includes(folder) && /tool-server\.sh\0?$/.test(words);
    });
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
