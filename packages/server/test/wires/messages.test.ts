import { describe, expect, it } from "vitest";
import { InvalidBody } from "../../src/wires/body/invalid-body.ts";
import { messagesWire } from "../../src/wires/messages/messages-wire.ts";
import { readCount, readMessages } from "../../src/wires/messages/read-messages.ts";
import { call, called, made, piece, stop, text, usage, written } from "../support/parts.ts";
import { sentEvents, sentJson } from "../support/sse.ts";

const user = { role: "user", content: "hi" };
const said = { role: "user", content: [{ type: "text", text: "hi" }] };
const asked = (members: object = {}) =>
  readMessages({ model: "claude-x", max_tokens: 9, messages: [user], ...members });
const ask = (members: object) => asked(members).request;
const thinking = { thinking: { type: "enabled", budget_tokens: 8_000 } };
const types = (body: string) => sentJson(body).map(({ type }) => type);

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

describe("parts as events of messages", () => {
  it("come in the one order that clients read", () => {
    const body = written(asked().events(made), text("a"), text("b"), usage, stop);
    expect(sentEvents(body).map(({ event }) => event)).toEqual(types(body));
    expect(types(body)).toEqual([
      "message_start",
      "content_block_start",
      "content_block_delta",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
    const [start] = sentJson(body);
    expect(start.message).toMatchObject({
      id: "msg_1-2",
      model: "real-1",
      content: [],
      stop_reason: null,
    });
    expect(sentJson(body).at(-2)).toEqual({
      type: "message_delta",
      delta: { stop_reason: "end_turn", stop_sequence: null },
      usage: {
        input_tokens: 7,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 5,
        output_tokens: 3,
      },
    });
  });

  it("begin once, also where an attempt began before and failed", () => {
    const events = asked().events(made);
    events.part({ type: "start", model: "failed-1" });
    const body = written(events, text("a"), stop);
    expect(types(body).filter((type) => type === "message_start")).toHaveLength(1);
  });

  it("end a thought with its signature, and one without with a mark that is read as none", () => {
    const thought = (signature?: string) =>
      ({ type: "reasoning", text: "Hm.", ...(signature && { signature }) }) as const;
    const signatures = (body: string) =>
      sentJson(body).flatMap(({ delta }) =>
        delta?.type === "signature_delta" ? [delta.signature] : [],
      );
    expect(
      signatures(written(asked(thinking).events(made), thought("p:1"), text("a"), stop)),
    ).toEqual(["p:1"]);
    const [mark] = signatures(written(asked(thinking).events(made), thought(), text("a"), stop));
    expect(mark).not.toBe("");
    const back = {
      role: "assistant",
      content: [{ type: "thinking", thinking: "Hm.", signature: mark }],
    };
    expect(ask({ messages: [user, back] }).messages[1]).toEqual({
      role: "assistant",
      content: [{ type: "reasoning", text: "Hm." }],
    });
  });

  it("tell a thought that is a proof alone, and take it back (BerriAI/litellm#38809)", () => {
    const proof = { type: "reasoning", text: "", signature: "p:1" } as const;
    const body = written(asked(thinking).events(made), proof, text("a"), stop);
    expect(sentJson(body)[1].content_block).toMatchObject({ type: "thinking", thinking: "" });
    expect(body).toContain('"signature":"p:1"');
    const block = { type: "thinking", thinking: "", signature: "p:1" };
    const back = { role: "assistant", content: [block] };
    expect(ask({ messages: [user, back] }).messages[1]?.content).toEqual([proof]);
  });

  it("end without OpenAI's [DONE] (alexazhou/gt_ai_gateway#14)", () => {
    expect(written(asked().events(made), text("a"), stop)).not.toContain("[DONE]");
  });

  it("tell no thoughts to who did not ask for any: the first block is read as text", () => {
    const body = written(asked().events(made), { type: "reasoning", text: "Hm." }, text("a"), stop);
    expect(body).not.toContain("thinking");
  });

  it("write one call after the other, also where their pieces and some text come at once", () => {
    const body = written(
      asked().events(made),
      piece("x", '{"a"'),
      piece("y", '{"b"'),
      text("meanwhile"),
      piece("x", ":1}"),
      piece("y", ":2}"),
      call("x", { a: 1 }),
      call("y", { b: 2 }),
      called,
    );
    const blocks = new Map<number, string>();
    let open: number | undefined;
    for (const event of sentJson(body)) {
      if (event.type === "content_block_start") {
        expect(open).toBeUndefined();
        open = event.index;
        blocks.set(event.index, "");
      } else if (event.type === "content_block_delta") {
        expect(event.index).toBe(open);
        const { partial_json = "", text: said = "" } = event.delta;
        blocks.set(event.index, `${blocks.get(event.index)}${partial_json}${said}`);
      } else if (event.type === "content_block_stop") open = undefined;
    }
    expect([...blocks.values()].sort()).toEqual(["meanwhile", '{"a":1}', '{"b":2}']);
    expect(sentJson(body).at(-2).delta.stop_reason).toBe("tool_use");
  });

  it.each([
    ["OVERLOADED", 529, "overloaded_error"],
    ["RATE_LIMITED", 429, "rate_limit_error"],
    ["MODEL_NOT_FOUND", 404, "not_found_error"],
    ["INVALID_REQUEST", 400, "invalid_request_error"],
    ["DEADLINE_EXCEEDED", 504, "timeout_error"],
  ])("tell %s as %i %s", (code, status, type) => {
    const failure = { code, message: "No." };
    expect(messagesWire.status(failure)).toBe(status);
    const error = { type, message: "No." };
    expect(messagesWire.failure(failure, "r-1")).toEqual({
      type: "error",
      error,
      request_id: "r-1",
    });
    const [event] = sentEvents(asked().events(made).fail(failure));
    expect(event).toEqual({ event: "error", data: JSON.stringify({ type: "error", error }) });
  });

  it("tell a conversation that is too long in the words that Claude Code looks for", () => {
    const failure = { code: "CONTEXT_TOO_LONG", message: "Too many tokens." };
    expect(messagesWire.failure(failure, "r")).toMatchObject({
      error: { message: expect.stringContaining("prompt is too long") },
    });
  });
});
