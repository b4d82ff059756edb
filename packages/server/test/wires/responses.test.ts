import { describe, expect, it } from "vitest";
import { InvalidBody } from "../../src/wires/body/invalid-body.ts";
import { readResponses } from "../../src/wires/responses/read-responses.ts";
import { call, called, made, piece, stop, text, usage, written } from "../support/parts.ts";
import { sentEvents, sentJson } from "../support/sse.ts";

const asked = (members: object = {}) => readResponses({ model: "m", input: "hi", ...members });
const ask = (members: object) => asked(members).request;
const patch = {
  type: "custom",
  name: "apply_patch",
  description: "Patches.",
  format: { type: "grammar", syntax: "lark", definition: "start: /.+/" },
};

describe("a body of responses becomes a request", () => {
  it.each<[string, object, object]>([
    ["a text", {}, { messages: [{ role: "user", content: "hi" }] }],
    ["instructions", { instructions: "Be brief." }, { system: "Be brief." }],
    [
      "a bound, an effort",
      { max_output_tokens: 9, reasoning: { effort: "low", summary: "auto" } },
      { maxOutputTokens: 9, reasoning: "low" },
    ],
    [
      "a schema",
      { text: { format: { type: "json_schema", name: "a", schema: { type: "object" } } } },
      { schemaName: "a", schema: { jsonSchema: { type: "object" } } },
    ],
    [
      "a function",
      {
        tools: [{ type: "function", name: "f", parameters: { type: "object" }, strict: null }],
        tool_choice: { type: "function", name: "f" },
      },
      { tools: [{ name: "f", inputSchema: { type: "object" } }], toolChoice: { tool: "f" } },
    ],
  ])("%s", (_, members, request) => {
    expect(ask(members)).toMatchObject(request);
  });

  it("joins what a model gave in one turn, and pairs the outputs with their calls", () => {
    const input = [
      { role: "developer", content: "Be brief." },
      {
        type: "message",
        role: "user",
        content: [
          { type: "input_text", text: "hi" },
          { type: "input_image", image_url: "data:image/png;base64,aGk=" },
        ],
      },
      {
        type: "reasoning",
        id: "rs",
        summary: [{ type: "summary_text", text: "Hm." }],
        encrypted_content: "p:1",
      },
      {
        type: "message",
        role: "assistant",
        content: [{ type: "output_text", text: "Wait.", annotations: [] }],
      },
      { type: "function_call", call_id: "c1", name: "f", arguments: '{"a":1}' },
      { type: "custom_tool_call", call_id: "c2", name: "apply_patch", input: "*** Begin" },
      { type: "function_call_output", call_id: "c1", output: "1" },
      {
        type: "custom_tool_call_output",
        call_id: "c2",
        output: [{ type: "input_text", text: "done" }],
      },
    ];
    expect(ask({ input }).messages).toEqual([
      { role: "system", content: [{ type: "text", text: "Be brief." }] },
      {
        role: "user",
        content: [
          { type: "text", text: "hi" },
          { type: "image", mediaType: "image/png", data: "aGk=" },
        ],
      },
      {
        role: "assistant",
        content: [
          { type: "reasoning", text: "Hm.", signature: "p:1" },
          { type: "text", text: "Wait." },
          { type: "tool-call", id: "c1", name: "f", input: { a: 1 } },
          { type: "tool-call", id: "c2", name: "apply_patch", input: { input: "*** Begin" } },
        ],
      },
      { role: "tool", toolCallId: "c1", content: [{ type: "text", text: "1" }] },
      { role: "tool", toolCallId: "c2", content: [{ type: "text", text: "done" }] },
    ]);
  });

  it("offers a tool of free text as one of one member, with its grammar", () => {
    const [tool] = ask({ tools: [patch] }).tools ?? [];
    expect(tool?.inputSchema).toMatchObject({ required: ["input"] });
    expect(tool?.description).toContain("start: /.+/");
  });

  it("offers the tools of a group each by one name, and calls them by both (MetaFARS/codex-relay#6)", () => {
    const status = { type: "function", name: "status", parameters: { type: "object" } };
    const groups = ["mcp__a__", "mcp__b"].map((name) => ({
      type: "namespace",
      name,
      tools: [status],
    }));
    const { request, events } = asked({ tools: groups });
    expect(request.tools?.map(({ name }) => name)).toEqual(["mcp__a__status", "mcp__b__status"]);
    const told = { ...call("x", {}), name: "mcp__b__status" } as never;
    const item = sentJson(written(events(made), told, called)).at(-1).response.output[0];
    expect(item).toMatchObject({ type: "function_call", namespace: "mcp__b", name: "status" });
    const [back] = ask({ input: [item, { role: "user", content: "and?" }] }).messages;
    expect(back?.content).toMatchObject([{ name: "mcp__b__status" }]);
  });

  it("finds the tools that stand among the input", () => {
    const added = { type: "additional_tools", tools: [patch] };
    const { request } = asked({ input: [added, { role: "user", content: "hi" }] });
    expect(request.tools?.map(({ name }) => name)).toEqual(["apply_patch"]);
    expect(request.messages).toHaveLength(1);
  });

  it("passes over what OpenAI's servers did before (openai/codex#32318)", () => {
    const input = [
      { type: "web_search_call", id: "ws" },
      { role: "user", content: "hi" },
    ];
    expect(ask({ input }).messages).toHaveLength(1);
  });

  it("leaves out the tools that OpenAI runs, and says so (CommandCodeAI/command-code#885)", () => {
    const { request, ignored } = asked({ tools: [{ type: "web_search" }, patch] });
    expect(ignored).toEqual(["web_search"]);
    expect(request.tools).toHaveLength(1);
  });

  it.each<[string, object, string]>([
    ["what was kept", { previous_response_id: "resp_1" }, "previous_response_id"],
    ["a conversation", { conversation: "c" }, "conversation"],
    ["the background", { background: true }, "background"],
    ["an item by its id", { input: [{ type: "item_reference", id: "x" }] }, "input[0]"],
    ["an unknown item", { input: [{ type: "magic" }] }, "input[0].type"],
    ["no input", { input: undefined }, "input"],
  ])("refuses %s", (_, members, param) => {
    expect(() => ask(members)).toThrow(InvalidBody);
    expect(() => ask(members)).toThrow(expect.objectContaining({ param }));
  });
});

describe("parts as events of a response", () => {
  it("come in the whole order, numbered, with logprobs and without [DONE]", () => {
    const body = written(asked().events(made), text("a"), text("b"), usage, stop);
    const all = sentJson(body);
    expect(all.map(({ type }) => type)).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.content_part.added",
      "response.output_text.delta",
      "response.output_text.delta",
      "response.output_text.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.completed",
    ]);
    expect(sentEvents(body).map(({ event }) => event)).toEqual(all.map(({ type }) => type));
    expect(all.map(({ sequence_number }) => sequence_number)).toEqual(all.map((_, index) => index));
    for (const event of all.filter(({ type }) => type.includes("output_text"))) {
      expect(event.logprobs).toEqual([]);
    }
    expect(all.at(-1).response).toMatchObject({
      status: "completed",
      model: "real-1",
      output: [{ type: "message", content: [{ type: "output_text", text: "ab" }] }],
      usage: { input_tokens: 12, output_tokens: 3, total_tokens: 15 },
    });
    expect(body).not.toContain("[DONE]");
  });

  it("tell calls in pieces and whole, each with its own place", () => {
    const body = written(
      asked().events(made),
      text("a"),
      piece("x", '{"a":1}'),
      call("x"),
      call("y"),
      called,
    );
    const done = sentJson(body).filter(({ type }) => type === "response.output_item.done");
    expect(
      done.map(({ output_index, item }) => [output_index, item.call_id, item.arguments]),
    ).toEqual([
      [0, undefined, undefined],
      [1, "x", '{"a":1}'],
      [2, "y", '{"a":1}'],
    ]);
    expect(sentJson(body).at(-1).response.output).toHaveLength(3);
  });

  it("give a tool of free text its text back (router-for-me/CLIProxyAPI#5753)", () => {
    const events = asked({ tools: [patch] }).events(made);
    const body = written(
      events,
      { ...call("x", { input: "*** Begin" }), name: "apply_patch" } as never,
      called,
    );
    const item = sentJson(body).find(({ type }) => type === "response.output_item.done").item;
    expect(item).toMatchObject({ type: "custom_tool_call", call_id: "x", input: "*** Begin" });
  });

  it("give a thought back with its proof", () => {
    const thought = { type: "reasoning", text: "Hm.", signature: "p:1" } as const;
    const body = written(asked().events(made), thought, text("a"), stop);
    const [item] = sentJson(body).at(-1).response.output;
    expect(item).toMatchObject({
      type: "reasoning",
      summary: [{ text: "Hm." }],
      encrypted_content: "p:1",
    });
    expect(ask({ input: [item, { role: "user", content: "and?" }] }).messages[0]).toEqual({
      role: "assistant",
      content: [{ type: "reasoning", text: "Hm.", signature: "p:1" }],
    });
  });

  it("say that an answer was cut", () => {
    const body = written(asked().events(made), text("a"), { type: "finish", reason: "length" });
    expect(sentJson(body).at(-1)).toMatchObject({
      type: "response.incomplete",
      response: { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } },
    });
  });

  it("end a failure with the response that failed and says why, and the error (openai/codex#24973)", () => {
    const all = sentJson(asked().events(made).fail({ code: "CONTEXT_TOO_LONG", message: "Long." }));
    expect(all.map(({ type }) => type)).toEqual(["response.failed", "error"]);
    expect(all[0].response.error).toEqual({ code: "context_length_exceeded", message: "Long." });
    expect(all[1]).toMatchObject({ code: "context_length_exceeded", message: "Long." });
  });
});
