import { describe, expect, it } from "vitest";
import { chat, foreignScene, look, messages, responses, schema, user } from "./foreign-scene.ts";

const scene = foreignScene();
const { ask } = scene;

describe("tools are offered", () => {
  it.each<[string, string, object]>([
    // icebear0828/codex-proxy#507
    ["as responses have them", chat, { type: "function", name: "look", parameters: schema }],
    // automazeio/vibeproxy#411
    ["as Anthropic has them", chat, { name: "look", input_schema: schema }],
    ["of Anthropic's type", chat, { type: "custom", name: "look", input_schema: schema }],
    ["without a type", chat, { function: { name: "look", parameters: schema } }],
    ["as chat completions have them", responses, look],
  ])("%s", async (_, path, tool) => {
    const body = path === chat ? { messages: [user] } : { input: [user] };
    const { asked } = await ask(path, { ...body, tools: [tool] });
    expect(asked?.tools).toEqual([{ name: "look", inputSchema: schema }]);
  });

  // BerriAI/litellm#34029
  it.each([{ custom: { name: "patch" } }, { name: "patch" }])("as text: %j", async (members) => {
    const tools = [look, { type: "custom", ...members }];
    const { asked } = await ask(chat, { messages: [user], tools });
    expect(asked?.tools?.map(({ name }) => name)).toEqual(["look", "patch"]);
    expect(asked?.tools?.[1]?.inputSchema).toMatchObject({ required: ["input"] });
  });

  // MAXeaglet/commandcode-proxy#46, zts212653/clowder-ai#1077
  it("without those that a vendor's servers run, which are named; alone they are refused", async () => {
    const own = { name: "look", input_schema: schema };
    const search = { type: "web_search_20250305", name: "web_search" };
    const body = { messages: [user], max_tokens: 9 };
    const beside = await ask(messages, { ...body, tools: [own, search] });
    expect(beside.asked?.tools?.map(({ name }) => name)).toEqual(["look"]);
    expect(beside.ignored).toBe("web_search_20250305");
    await scene.running?.close();
    const alone = await ask(messages, { ...body, tools: [search] });
    expect([alone.status, alone.asked]).toEqual([400, undefined]);
    await scene.running?.close();
    const odd = await ask(chat, { messages: [user], tools: [look, { type: "検索" }] });
    expect([odd.status, odd.ignored]).toEqual([200, null]);
  });

  // ollama/ollama#11171
  it.each<[unknown, unknown]>([
    ["any", "required"],
    [{ type: "any" }, "required"],
    [{ type: "auto" }, undefined],
    [{ type: "tool", name: "look" }, { tool: "look" }],
    ["", undefined],
  ])("with the choice %j", async (choice, expected) => {
    const body = { messages: [user], tools: [look], tool_choice: choice };
    const { status, asked } = await ask(chat, body);
    expect([status, asked?.toolChoice]).toEqual([200, expected]);
  });
});

describe("settings are read", () => {
  it.each<[string, string, object, object]>([
    // Alishahryar1/free-claude-code#1348
    ["an effort that the model chooses", chat, { reasoning_effort: "default" }, {}],
    ["no effort", chat, { reasoning_effort: "" }, {}],
    ["an effort of responses", responses, { reasoning: { effort: "auto" } }, {}],
    ["thoughts that are off", chat, { thinking: { type: "disabled" } }, { reasoning: "none" }],
    ["thoughts that are not on", chat, { reasoning: { enabled: false } }, { reasoning: "none" }],
    ["a budget of thoughts", chat, { reasoning: { max_tokens: 9_000 } }, { reasoning: "medium" }],
    ["a top k of nothing", chat, { top_k: -1 }, {}],
    ["a top k of none", messages, { max_tokens: 9, top_k: 0 }, { maxOutputTokens: 9 }],
    // MegaGrindStone/mcp-web-ui#5
    [
      "an empty stop sequence",
      messages,
      { max_tokens: 9, stop_sequences: ["", "END"] },
      { maxOutputTokens: 9, stop: ["END"] },
    ],
    ["an id of nothing", responses, { previous_response_id: "" }, {}],
    // Wei-Shaw/sub2api#4505
    ["a name for a long context", messages, { max_tokens: 9, model: "p/model-2[1M][1m]" }, {}],
  ])("%s", async (_, path, members, expected) => {
    const said = path === responses ? { input: [user] } : { messages: [user] };
    const { status, asked } = await ask(path, { ...said, ...members });
    expect(status).toBe(200);
    const { messages: __, model, ...rest } = asked ?? { messages: [], model: "" };
    expect(model).toBe("model-2");
    expect(rest).toMatchObject(expected);
    expect(rest).not.toHaveProperty("topK");
    if (!("reasoning" in expected)) expect(rest).not.toHaveProperty("reasoning");
  });

  // abetlen/llama-cpp-python#1122, ggml-org/llama.cpp#24097: a schema that is not held to.
  it.each([
    { type: "json_object", schema },
    { type: "json_schema", schema },
    { type: "json_schema", json_schema: { schema } },
  ])("the schema in %j", async (format) => {
    const { asked } = await ask(chat, { messages: [user], response_format: format });
    expect(asked).toMatchObject({ schema });
  });

  // scouzi1966/maclocal-api#242: what cannot be done is said, and not passed over.
  it.each<[string, string, object, number, string | null]>([
    ["sound", chat, { modalities: ["text", "audio"] }, 400, null],
    ["a kept prompt", responses, { prompt: { id: "pmpt_1" } }, 400, null],
    ["a bias", chat, { logit_bias: { 1: -100 } }, 200, "logit_bias"],
    ["a search", chat, { web_search_options: {} }, 200, "web_search_options"],
    ["no bias", chat, { logit_bias: {}, modalities: ["text"] }, 200, null],
  ])("%s", async (_, path, members, status, ignored) => {
    const said = path === responses ? { input: [user] } : { messages: [user] };
    const answer = await ask(path, { ...said, ...members });
    expect([answer.status, answer.ignored]).toEqual([status, ignored]);
  });
});
