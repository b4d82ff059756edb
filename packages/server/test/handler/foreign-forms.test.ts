import { afterEach, describe, expect, it } from "vitest";
import { playedClient, says } from "../support/played-client.ts";
import { type RunningServer, runServer, token } from "../support/running-server.ts";

/** Requests in a form that is not the wire's own, as programs send them that people use. */
let running: RunningServer | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function ask(path: string, body: object) {
  const played = playedClient(says("Hello"));
  running = await runServer({ clients: { p: played.client } });
  const answer = await fetch(running.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ model: "p/model-2", ...body }),
  });
  const text = await answer.text();
  const ignored = answer.headers.get("x-acc-ignored");
  return { status: answer.status, text, ignored, asked: played.asked[0] };
}

const chat = "/v1/chat/completions";
const responses = "/v1/responses";
const messages = "/v1/messages";
const user = { role: "user", content: "hi" };
const png =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const url = `data:image/png;base64,${png}`;
const image = { type: "image", mediaType: "image/png", data: png };
const schema = { type: "object", properties: { at: { type: "string" } } };
const look = { type: "function", function: { name: "look", parameters: schema } };
const called = (members: object) => ({ role: "assistant", content: null, ...members });
const oneCall = (members: object, result: object) => ({
  messages: [user, called({ tool_calls: [{ type: "function", ...members }] }), result],
});
const fn = { name: "look", arguments: '{"at":"x"}' };
const call = (id: string) => ({ type: "tool-call", id, name: "look", input: { at: "x" } });

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
    await running?.close();
    const alone = await ask(messages, { ...body, tools: [search] });
    expect([alone.status, alone.asked]).toEqual([400, undefined]);
    await running?.close();
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

describe("what was said before is read", () => {
  it.each<[string, string, object, object[]]>([
    [
      // automazeio/vibeproxy#411
      "with Anthropic's calls and results",
      chat,
      {
        messages: [
          user,
          {
            role: "assistant",
            content: [
              { type: "thinking", thinking: "hm", signature: "s" },
              { type: "text", text: "a" },
              { type: "tool_use", id: "1", name: "look", input: { at: "x" } },
            ],
          },
          {
            role: "user",
            content: [
              { type: "tool_result", tool_use_id: "1", content: [{ type: "text", text: "seen" }] },
              { type: "image", source: { type: "base64", media_type: "image/png", data: png } },
            ],
          },
        ],
      },
      [
        {
          role: "assistant",
          content: [
            { type: "reasoning", text: "hm", signature: "s" },
            { type: "text", text: "a" },
            call("1"),
          ],
        },
        { role: "tool", toolCallId: "1", content: [{ type: "text", text: "seen" }] },
        { role: "user", content: [image] },
      ],
    ],
    [
      // earendil-works/pi#2993, openai/openai-node#1528
      "without ids of calls",
      chat,
      oneCall({ function: fn }, { role: "tool", name: "look", content: "seen" }),
      [
        { role: "assistant", content: [call("call_acc_0")] },
        { role: "tool", toolCallId: "call_acc_0", content: [{ type: "text", text: "seen" }] },
      ],
    ],
    [
      // decolua/9router#4091
      "without the id of an output",
      responses,
      {
        input: [
          user,
          { type: "function_call", call_id: "1", ...fn },
          { type: "function_call_output", output: "seen" },
        ],
      },
      [
        { role: "assistant", content: [call("1")] },
        { role: "tool", toolCallId: "1", content: [{ type: "text", text: "seen" }] },
      ],
    ],
    [
      // NousResearch/hermes-agent#29937, 4paradigm/phanthymotus#233
      "with a result that is no text",
      chat,
      oneCall({ id: "1", function: fn }, { role: "tool", tool_call_id: "1", content: { n: 1 } }),
      [
        { role: "assistant", content: [call("1")] },
        { role: "tool", toolCallId: "1", content: [{ type: "text", text: '{"n":1}' }] },
      ],
    ],
    [
      // nextcloud/integration_openai#360
      "with a list of objects as result",
      chat,
      oneCall({ id: "1", function: fn }, { role: "tool", tool_call_id: "1", content: [{ n: 1 }] }),
      [
        { role: "assistant", content: [call("1")] },
        { role: "tool", toolCallId: "1", content: [{ type: "text", text: '[{"n":1}]' }] },
      ],
    ],
    [
      // temporalio/sdk-python#1561, maximhq/bifrost#2648
      "with commands that the program ran",
      responses,
      {
        input: [
          user,
          { type: "shell_call", call_id: "1", action: { commands: ["ls"] } },
          { type: "shell_call_output", call_id: "1", output: [{ stdout: "a" }] },
          { type: "local_shell_call", id: "2", action: { command: ["ls"] } },
          { type: "function_call_output", call_id: "2", output: "b" },
        ],
      },
      [
        {
          role: "assistant",
          content: [{ type: "tool-call", id: "1", name: "shell", input: { commands: ["ls"] } }],
        },
        { role: "tool", toolCallId: "1", content: [{ type: "text", text: '[{"stdout":"a"}]' }] },
        {
          role: "assistant",
          content: [
            { type: "tool-call", id: "2", name: "local_shell", input: { command: ["ls"] } },
          ],
        },
        { role: "tool", toolCallId: "2", content: [{ type: "text", text: "b" }] },
      ],
    ],
    [
      // MAXeaglet/commandcode-proxy#46, anthropics/claude-code#65726
      "with what the vendor's servers did, and the sum of what was before",
      messages,
      {
        max_tokens: 9,
        messages: [
          user,
          {
            role: "assistant",
            content: [
              { type: "compaction", content: "We spoke of cats." },
              { type: "server_tool_use", id: "s", name: "web_search", input: { query: "q" } },
              { type: "web_search_tool_result", tool_use_id: "s", content: [] },
              { type: "advisor_tool_result", tool_use_id: "s", content: {} },
              { type: "text", text: "Found." },
            ],
          },
          user,
        ],
      },
      [
        {
          role: "assistant",
          content: [
            { type: "text", text: "We spoke of cats." },
            { type: "text", text: "Found." },
          ],
        },
        { role: "user", content: [{ type: "text", text: "hi" }] },
      ],
    ],
  ])("%s", async (_, path, body, expected) => {
    const { status, text, asked } = await ask(path, body);
    expect([status, text]).toEqual([200, expect.stringContaining("Hello")]);
    expect(asked?.messages.slice(1)).toEqual(expected);
  });

  // icebear0828/codex-proxy#507, Soju06/codex-lb#833: Cursor asks so for some models.
  it("as the input of responses where chat completions are asked", async () => {
    const input = [{ role: "user", content: [{ type: "input_text", text: "hi" }] }];
    const body = { input, messages: [], instructions: "Be brief.", max_output_tokens: 9 };
    const { status, text, asked } = await ask(chat, body);
    expect([status, JSON.parse(text).object]).toEqual([200, "chat.completion"]);
    expect(asked).toMatchObject({ system: "Be brief.", maxOutputTokens: 9 });
    expect(asked?.messages).toHaveLength(1);
  });

  it.each<[string, string, unknown]>([
    ["by the name of the other wire", chat, { type: "input_image", image_url: url }],
    ["by the name of the other wire", responses, { type: "image_url", image_url: { url } }],
    ["nested", responses, { type: "input_image", image_url: { url } }],
    [
      "of a type that is not said",
      chat,
      { type: "image_url", image_url: { url: `data:;base64,${png}` } },
    ],
    // mealie-recipes/mealie#5897, anthropics/claude-code#39146
    [
      "of a wrong type",
      chat,
      { type: "image_url", image_url: { url: `data:image/jpg;base64,${png}` } },
    ],
  ])("with an image %s: %s", async (_, path, piece) => {
    const turn = [{ role: "user", content: ["See:", piece] }];
    const { asked } = await ask(path, path === chat ? { messages: turn } : { input: turn });
    expect(asked?.messages[0]?.content).toEqual([{ type: "text", text: "See:" }, image]);
  });
});

// BerriAI/litellm#3019, braintrustdata/braintrust-proxy#250: other vendors want a user's message.
describe("a system message alone", () => {
  const alone = [
    { role: "system", content: "Be brief." },
    { role: "developer", content: "Say hello." },
  ];

  it.each([
    [chat, { messages: alone }],
    [responses, { input: alone }],
  ])("asks at %s", async (path, body) => {
    const { asked } = await ask(path, body);
    expect(asked).toMatchObject({
      system: "Be brief.",
      messages: [{ role: "user", content: [{ type: "text", text: "Say hello." }] }],
    });
  });
});

// Yeachan-Heo/gajae-code#4807, wecode-ai/Wegent#2657, anthropics/claude-code#21906
describe("results that came one by one, in another order, with pictures between", () => {
  const output = (id: string) => ({ type: "function_call_output", call_id: id, output: id });
  const made = (id: string) => ({ type: "function_call", call_id: id, ...fn });
  const picture = { role: "user", content: [{ type: "input_image", image_url: url }] };

  it("stand behind their calls", async () => {
    const input = [user, made("1"), made("2"), output("2"), picture, output("1"), picture];
    const { asked } = await ask(responses, { input, tools: [look] });
    expect(asked?.messages.slice(1)).toMatchObject([
      { role: "assistant", content: [call("1"), call("2")] },
      { role: "tool", toolCallId: "1" },
      { role: "tool", toolCallId: "2" },
      { role: "user", content: [image] },
      { role: "user", content: [image] },
    ]);
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
