import { describe, expect, it } from "vitest";
import { InvalidBody } from "../../src/wires/body/invalid-body.ts";
import { readChat } from "../../src/wires/chat-completions/read-chat.ts";

const user = { role: "user", content: "hi" };
const ask = (members: object) => readChat({ model: "m", messages: [user], ...members }).request;
const png = "iVBORw0KGgo=";
const fn = { name: "look", description: "Looks.", parameters: { type: "object" } };
const tool = { name: "look", description: "Looks.", inputSchema: { type: "object" } };

describe("a body of chat completions becomes a request", () => {
  it.each<[string, object, object]>([
    [
      "developer is system",
      { messages: [{ role: "developer", content: "Be brief." }, user] },
      {
        messages: [{ role: "system", content: [{ type: "text", text: "Be brief." }] }, user],
      },
    ],
    [
      "max_completion_tokens before max_tokens",
      { max_tokens: 5, max_completion_tokens: 9 },
      {
        maxOutputTokens: 9,
      },
    ],
    [
      "null is absent",
      { temperature: null, stop: null, tools: null, seed: null },
      {
        messages: [user],
      },
    ],
    ["one stop is a list", { stop: "END" }, { stop: ["END"] }],
    ["the effort of thinking", { reasoning_effort: "high" }, { reasoning: "high" }],
    ["JSON of no shape", { response_format: { type: "json_object" } }, { json: true }],
    [
      "a tool that takes nothing",
      { tools: [{ type: "function", function: { name: "now" } }] },
      {
        tools: [{ name: "now", inputSchema: { type: "object", properties: {} } }],
      },
    ],
    [
      "functions of the form before tools",
      { functions: [fn], function_call: { name: "look" } },
      {
        tools: [tool],
        toolChoice: { tool: "look" },
      },
    ],
    [
      "one tool that must be called, and one at a time",
      {
        tools: [{ type: "function", function: fn }],
        tool_choice: { type: "function", function: { name: "look" } },
        parallel_tool_calls: false,
      },
      { tools: [tool], toolChoice: { tool: "look" }, parallelTools: false },
    ],
  ])("%s", (_, members, request) => {
    expect(ask(members)).toMatchObject(request);
  });

  it("sends nothing for what changes nothing, so that no route is closed by it", () => {
    const idle = { presence_penalty: 0, frequency_penalty: 0, top_p: 1, max_tokens: -1, n: 1 };
    const more = { logprobs: false, tool_choice: "auto", parallel_tool_calls: true };
    expect(ask({ ...idle, ...more, logit_bias: {}, user: "u-1" })).toEqual({ messages: [user] });
  });

  it("takes images and files by their bytes and by their address", () => {
    const content = [
      { type: "text", text: "See:" },
      { type: "image_url", image_url: { url: `data:image/png;base64,${png}`, detail: "low" } },
      { type: "image_url", image_url: { url: "https://a.example/b.png" } },
      {
        type: "file",
        file: { filename: "a.pdf", file_data: `data:application/pdf;base64,${png}` },
      },
      { type: "input_audio", input_audio: { format: "mp3", data: png } },
    ];
    expect(ask({ messages: [{ role: "user", content }] }).messages).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "See:" },
          { type: "image", mediaType: "image/png", data: png },
          { type: "image", url: "https://a.example/b.png" },
          { type: "file", mediaType: "application/pdf", name: "a.pdf", data: png },
          { type: "file", mediaType: "audio/mpeg", data: png },
        ],
      },
    ]);
  });

  it("takes a history of calls, thoughts and results", () => {
    const call = (id: string, text: string, extra = {}) => ({
      id,
      type: "function",
      function: { name: "look", arguments: text },
      ...extra,
    });
    const signed = { extra_content: { acc: { signature: "p:1" } } };
    const messages = [
      user,
      {
        role: "assistant",
        content: null,
        reasoning_content: "Hm.",
        tool_calls: [call("1", '{"a":1}', signed), call("2", ""), call("3", "no JSON")],
      },
      { role: "tool", tool_call_id: "1", content: "seen" },
      { role: "tool", tool_call_id: "2", content: [{ type: "text", text: "seen too" }] },
      { role: "tool", tool_call_id: "3", content: "" },
    ];
    expect(ask({ messages }).messages.slice(1)).toEqual([
      {
        role: "assistant",
        content: [
          { type: "reasoning", text: "Hm." },
          { type: "tool-call", id: "1", name: "look", input: { a: 1 }, signature: "p:1" },
          { type: "tool-call", id: "2", name: "look", input: {} },
          { type: "tool-call", id: "3", name: "look", input: { arguments: "no JSON" } },
        ],
      },
      { role: "tool", toolCallId: "1", content: "seen" },
      { role: "tool", toolCallId: "2", content: [{ type: "text", text: "seen too" }] },
      { role: "tool", toolCallId: "3", content: "" },
    ]);
  });

  it("pairs a function's result of the old form with its call", () => {
    const messages = [
      user,
      { role: "assistant", content: "", function_call: { name: "look", arguments: "{}" } },
      { role: "function", name: "look", content: "seen" },
    ];
    const [, call, result] = ask({ messages }).messages as unknown as [
      unknown,
      { content: { id: string }[] },
      { toolCallId: string },
    ];
    expect(result.toolCallId).toBe(call.content[0]?.id);
  });

  it("keeps a schema and its name, and drops a name that a vendor would refuse", () => {
    const schema = { type: "object", properties: { a: { type: "string" } } };
    const format = (name: string) => ({
      response_format: { type: "json_schema", json_schema: { name, schema, strict: true } },
    });
    expect(ask(format("answer"))).toMatchObject({
      schemaName: "answer",
      schema: { jsonSchema: schema },
    });
    expect(ask(format("what a name"))).not.toHaveProperty("schemaName");
  });
});

describe("a body of chat completions is refused by its member", () => {
  it.each<[string, object, string]>([
    ["n", { n: 2 }, "n"],
    ["log probabilities", { logprobs: true }, "logprobs"],
    ["no messages", { messages: [] }, "messages"],
    ["messages that are no list", { messages: "hi" }, "messages"],
    ["no model", { model: "" }, "model"],
    ["a temperature of words", { temperature: "hot" }, "temperature"],
    ["an unknown role", { messages: [{ role: "robot", content: "" }] }, "messages[0].role"],
    [
      "an unknown piece",
      { messages: [{ role: "user", content: [{ type: "video" }] }] },
      "messages[0].content[0].type",
    ],
    [
      "an image at an address of no web",
      {
        messages: [
          {
            role: "user",
            content: [{ type: "image_url", image_url: { url: "file:///etc/passwd" } }],
          },
        ],
      },
      "messages[0].content[0].image_url.url",
    ],
    [
      "a file by its id",
      { messages: [{ role: "user", content: [{ type: "file", file: { file_id: "f-1" } }] }] },
      "messages[0].content[0].file",
    ],
    ["a tool of no known type", { tools: [{ type: "magic" }] }, "tools[0].type"],
    ["a choice of no tool", { tool_choice: "required" }, "tools"],
    ["a schema that is none", { response_format: { type: "json_schema" } }, "response_format"],
  ])("%s", (_, members, param) => {
    try {
      ask(members);
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidBody);
      expect((error as InvalidBody).param).toBe(param);
      expect((error as InvalidBody).message).toContain(param.split(/[.[]/)[0]);
      return;
    }
    expect.fail("It was taken.");
  });

  it.each([null, [], 7, "text"])("no object: %j", (body) => {
    expect(() => readChat(body)).toThrow(InvalidBody);
  });
});
