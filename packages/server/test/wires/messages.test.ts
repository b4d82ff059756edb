import { describe, expect, it } from "vitest";
import { InvalidBody } from "../../src/wires/body/invalid-body.ts";
import { readCount } from "../../src/wires/messages/read-messages.ts";
import { ask, thinking, user } from "./asked-messages.ts";

const said = { role: "user", content: [{ type: "text", text: "hi" }] };

describe("a body of messages becomes a request", () => {
  it.each<[string, object, object]>([
    ["the bound of the answer", {}, { maxOutputTokens: 9 }],
    [
      "a system of blocks",
      {
        system: [
          { type: "text", text: "One.", cache_control: { type: "ephemeral" } },
          { type: "text", text: "Two." },
        ],
      },
      { system: "One.\n\nTwo." },
    ],
    ["stops", { stop_sequences: ["END"] }, { stop: ["END"] }],
    ["a budget of thoughts", thinking, { reasoning: "medium" }],
    ["no thoughts", { thinking: { type: "disabled" } }, { reasoning: "none" }],
    [
      "thoughts by effort",
      { thinking: { type: "adaptive" }, output_config: { effort: "low" } },
      {
        reasoning: "low",
      },
    ],
    [
      "any tool",
      {
        tools: [{ name: "t", input_schema: { type: "object" } }],
        tool_choice: { type: "any", disable_parallel_tool_use: true },
      },
      {
        tools: [{ name: "t", inputSchema: { type: "object" } }],
        toolChoice: "required",
        parallelTools: false,
      },
    ],
    [
      "a schema",
      { output_config: { format: { type: "json_schema", schema: { type: "object" } } } },
      {
        schema: { jsonSchema: { type: "object" } },
      },
    ],
    [
      "members that nobody here knows",
      { betas: ["x"], context_management: {}, metadata: { user_id: "u" } },
      { messages: [said] },
    ],
  ])("%s", (_, members, request) => {
    expect(ask(members)).toMatchObject(request);
  });

  it("leaves out the block that says who is billed, for it changes with each call", () => {
    const system = (nonce: string) => [
      { type: "text", text: `x-anthropic-billing-header: cc_version=2; cch=${nonce};` },
      { type: "text", text: "You are helpful." },
    ];
    expect(ask({ system: system("a1") })).toEqual(ask({ system: system("b2") }));
    expect(ask({ system: system("a1") }).system).toBe("You are helpful.");
  });

  it("takes results before what is said beside them, images, documents and errors too", () => {
    const image = {
      type: "image",
      source: { type: "base64", media_type: "image/png", data: "aGk=" },
    };
    const messages = [
      user,
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "Hm.", signature: "claude:1" },
          { type: "redacted_thinking", data: "x" },
          { type: "tool_use", id: "t1", name: "look", input: {} },
        ],
      },
      {
        role: "user",
        content: [
          {
            type: "tool_result",
            tool_use_id: "t1",
            is_error: true,
            content: [{ type: "text", text: "no" }, image],
          },
          { type: "text", text: "Go on." },
          {
            type: "document",
            title: "a.txt",
            source: { type: "text", media_type: "text/plain", data: "hi" },
          },
        ],
      },
    ];
    expect(ask({ messages }).messages.slice(1)).toEqual([
      {
        role: "assistant",
        content: [
          { type: "reasoning", text: "Hm.", signature: "claude:1" },
          { type: "tool-call", id: "t1", name: "look", input: {} },
        ],
      },
      {
        role: "tool",
        toolCallId: "t1",
        isError: true,
        content: [
          { type: "text", text: "no" },
          { type: "image", mediaType: "image/png", data: "aGk=" },
        ],
      },
      {
        role: "user",
        content: [
          { type: "text", text: "Go on." },
          { type: "file", mediaType: "text/plain", data: "aGk=", name: "a.txt" },
        ],
      },
    ]);
  });

  it.each<[string, object, string]>([
    [
      "a search result",
      {
        type: "search_result",
        title: "Hours",
        source: "https://example.com",
        content: [{ type: "text", text: "We open at nine." }],
      },
      "Hours\nhttps://example.com\nWe open at nine.\n\n",
    ],
    [
      "a document of texts",
      {
        type: "document",
        source: { type: "content", content: [{ type: "text", text: "We open at nine." }] },
      },
      "We open at nine.\n\n",
    ],
  ])("parts %s from the question that follows", (_, block, text) => {
    const question = { type: "text", text: "When do you open?" };
    const { messages } = ask({ messages: [{ role: "user", content: [block, question] }] });
    expect(messages).toEqual([{ role: "user", content: [{ type: "text", text }, question] }]);
  });

  it.each<[string, object, string]>([
    ["no bound", { max_tokens: undefined }, "max_tokens"],
    ["a bound of nothing", { max_tokens: 0 }, "max_tokens"],
    [
      "an unknown block",
      { messages: [{ role: "user", content: [{ type: "x" }] }] },
      "messages[0].content[0].type",
    ],
    [
      "a tool that the vendor runs",
      { tools: [{ type: "web_search_20250305", name: "web_search" }] },
      "tools[0].type",
    ],
    [
      "a choice of a tool that there is not",
      { tools: [{ name: "a" }], tool_choice: { type: "tool", name: "b" } },
      "tool_choice",
    ],
    ["servers of tools", { mcp_servers: [{ url: "https://x.example" }] }, "mcp_servers"],
    [
      "a file by its id",
      {
        messages: [
          { role: "user", content: [{ type: "image", source: { type: "file", file_id: "f" } }] },
        ],
      },
      "messages[0].content[0].source",
    ],
  ])("refuses %s", (_, members, param) => {
    expect(() => ask(members)).toThrow(InvalidBody);
    expect(() => ask(members)).toThrow(expect.objectContaining({ param }));
  });

  it("counts what has no bound", () => {
    expect(readCount({ model: "m", messages: [user] }).messages).toEqual([said]);
  });
});
