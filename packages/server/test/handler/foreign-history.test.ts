import { describe, expect, it } from "vitest";
import { chat, foreignScene, look, messages, responses, user } from "./foreign-scene.ts";

const { ask } = foreignScene();

const png =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const url = `data:image/png;base64,${png}`;
const image = { type: "image", mediaType: "image/png", data: png };

const called = (members: object) => ({ role: "assistant", content: null, ...members });
const oneCall = (members: object, result: object) => ({
  messages: [user, called({ tool_calls: [{ type: "function", ...members }] }), result],
});
const fn = { name: "look", arguments: '{"at":"x"}' };
const call = (id: string) => ({ type: "tool-call", id, name: "look", input: { at: "x" } });

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
      "with a result that is not text",
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
