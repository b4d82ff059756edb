import { type Part, readAnswer, readServerSentEvents } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { MessageEvents } from "../src/sdk/parts.ts";

type Event = Readonly<Record<string, unknown>> & { readonly type: string };

const named = (event: Event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
const start = (usage: unknown = { input_tokens: 11, output_tokens: 1 }): Event => ({
  type: "message_start",
  message: { id: "msg_1", model: "claude-x", content: [], usage },
});
const open = (index: unknown, content_block: unknown): Event => ({
  type: "content_block_start",
  index,
  content_block,
});
const delta = (index: unknown, of: unknown): Event => ({
  type: "content_block_delta",
  index,
  delta: of,
});
const shut = (index: unknown): Event => ({ type: "content_block_stop", index });
const ends = (stop_reason: unknown, usage: unknown = { output_tokens: 7 }): Event => ({
  type: "message_delta",
  delta: { stop_reason, stop_sequence: null },
  usage,
});
const stop: Event = { type: "message_stop" };
const says = (text: unknown, index: unknown = 0) => delta(index, { type: "text_delta", text });
const input = (partial_json: unknown, index: unknown = 0) =>
  delta(index, { type: "input_json_delta", partial_json });
const text = [open(0, { type: "text", text: "" }), says("Hi"), shut(0)];
const tool = (index: unknown, id: unknown, given: unknown = {}) =>
  open(index, { type: "tool_use", id, name: "look_up", input: given });

async function partsOf(...pieces: readonly (Event | string)[]): Promise<Part[]> {
  const sent = pieces.map((each) => (typeof each === "string" ? each : named(each)));
  const events = readServerSentEvents(new Response(sent.join("")).body);
  const parts: Part[] = [];
  for await (const part of readAnswer(events, new MessageEvents("claude-x"))) parts.push(part);
  return parts;
}

async function answerOf(...pieces: readonly (Event | string)[]) {
  const parts = await partsOf(...pieces);
  const of = <Type extends Part["type"]>(type: Type) =>
    parts.filter((part): part is Extract<Part, { type: Type }> => part.type === type);
  return {
    text: of("text")
      .map((part) => part.text)
      .join(""),
    reasoning: of("reasoning")
      .map((part) => part.text)
      .join(""),
    calls: of("tool-call").map(({ id, name, input }) => [id, name, input]),
    shown: of("tool-input")
      .map((part) => part.text)
      .join(""),
    usage: of("usage")[0]?.usage,
    reason: of("finish")[0]?.reason,
    model: of("start")[0]?.model,
  };
}

describe("events of the Messages API", () => {
  it.each([
    ["with their names", [start(), ...text, ends("end_turn"), stop]],
    [
      "without names (pi#1983, openclaw#37571)",
      [start(), ...text, ends("end_turn"), stop].map((each) => `data: ${JSON.stringify(each)}\n\n`),
    ],
    [
      "with their types in their names alone",
      [start(), ...text, ends("end_turn"), stop].map(
        ({ type, ...rest }) => `event: ${type}\ndata: ${JSON.stringify(rest)}\n\n`,
      ),
    ],
    [
      "with pings",
      [start(), { type: "ping" }, ...text, "event: ping\ndata:\n\n", ends("end_turn"), stop],
    ],
    [
      "with comments and keep-alives",
      [": hi\n\n", start(), "data: : keepalive\n\n", ...text, ends("end_turn"), stop],
    ],
    ["with [DONE]", [start(), ...text, ends("end_turn"), stop, "data: [DONE]\n\n"]],
    [
      "with a name and no data (anthropic-sdk-typescript#903)",
      [start(), "event: content_block_delta\n\n", ...text, ends("end_turn"), stop],
    ],
    [
      "with unknown events",
      [start(), { type: "message_pause", reason: 5 }, ...text, ends("end_turn"), stop],
    ],
    [
      "with unknown deltas and citations",
      [
        start(),
        open(0, { type: "text", text: "" }),
        says("Hi"),
        delta(0, { type: "citations_delta", citation: {} }),
        delta(0, { type: "new_delta" }),
        shut(0),
        ends("end_turn"),
        stop,
      ],
    ],
    [
      "with blocks of the vendor's own tools",
      [
        start(),
        open(0, { type: "server_tool_use", id: "s", name: "web_search", input: {} }),
        input('{"q"', 0),
        shut(0),
        open(1, { type: "web_search_tool_result", content: [] }),
        shut(1),
        open(2, { type: "text", text: "" }),
        says("Hi", 2),
        shut(2),
        ends("end_turn"),
        stop,
      ],
    ],
    [
      "whose blocks begin with their text",
      [start(), open(0, { type: "text", text: "H" }), says("i"), shut(0), ends("end_turn"), stop],
    ],
    [
      "whose blocks do not end",
      [start(), open(0, { type: "text", text: "" }), says("Hi"), ends("end_turn"), stop],
    ],
    ["whose blocks do not begin", [start(), says("Hi"), ends("end_turn"), stop]],
    [
      "without indices",
      [
        start(),
        open(undefined, { type: "text", text: "" }),
        says("Hi", undefined),
        ends("end_turn"),
        stop,
      ],
    ],
    [
      "with text that is null",
      [
        start(),
        open(0, { type: "text", text: null }),
        says(null),
        says("Hi"),
        shut(0),
        ends("end_turn"),
        stop,
      ],
    ],
    [
      "with a second delta of the message that says null",
      [start(), ...text, ends("end_turn"), ends(null), stop],
    ],
    [
      "with a second delta of the message that has none",
      [
        start(),
        ...text,
        ends("end_turn"),
        { type: "message_delta", usage: { output_tokens: 7 } },
        stop,
      ],
    ],
    [
      "with an empty reason before the reason",
      [start(), ...text, ends(""), ends("end_turn"), stop],
    ],
    ["without message_stop", [start(), ...text, ends("end_turn")]],
    ["that go on behind the end", [start(), ...text, ends("end_turn"), stop, "data: {no json\n\n"]],
    [
      "of a server that does not stream",
      [
        JSON.stringify({
          type: "message",
          id: "msg_1",
          model: "claude-x",
          content: [{ type: "text", text: "Hi" }],
          stop_reason: "end_turn",
          usage: { input_tokens: 11, output_tokens: 7 },
        }),
      ],
    ],
  ])("%s are read whole", async (_, pieces) => {
    expect(await answerOf(...pieces)).toMatchObject({
      text: "Hi",
      reason: "stop",
      model: "claude-x",
      usage: { inputTokens: 11, outputTokens: 7 },
    });
  });

  it("may begin without the message's beginning, and name no model", async () => {
    expect((await partsOf(...text, ends("end_turn"), stop))[0]).toEqual({ type: "start" });
    const blank: Event = { type: "message_start", message: { id: "", model: "", usage: null } };
    expect((await partsOf(blank, ...text, ends("end_turn"), stop))[0]).toEqual({ type: "start" });
  });

  it.each([
    [
      { input_tokens: 5, output_tokens: 0 },
      { output_tokens: 3 },
      { inputTokens: 5, outputTokens: 3 },
    ],
    [
      { input_tokens: 5 },
      { input_tokens: 0, output_tokens: 3 },
      { inputTokens: 5, outputTokens: 3 },
    ],
    [
      { input_tokens: 0 },
      { input_tokens: 5, output_tokens: 3 },
      { inputTokens: 5, outputTokens: 3 },
    ],
    [
      { input_tokens: 5, cache_read_input_tokens: 2 },
      { cache_read_input_tokens: null, output_tokens: "9" },
      { inputTokens: 5, cacheReadTokens: 2 },
    ],
    [null, { output_tokens_details: "x", input_tokens: -7 }, {}],
    ["x", 5, {}],
  ])("count %j, then %j", async (first, second, usage) => {
    expect((await answerOf(start(first), ...text, ends("end_turn", second), stop)).usage).toEqual(
      usage,
    );
  });

  it.each(["constructor", "__proto__", "pause_turn", null])(
    "that end with %s end with other",
    async (reason) => {
      expect(await answerOf(start(), ...text, ends(reason), stop)).toMatchObject({
        reason: "other",
      });
    },
  );

  it.each([
    ["no object", "data: 5\n\n"],
    ["no JSON", "data: {no json\n\n"],
    ["a message that is none", { type: "message_start", message: 5 }],
    ["a block that is none", open(0, null)],
    ["a delta that is none", delta(0, null)],
    ["a delta that is text", delta(0, "x")],
    ["a delta without a type", delta(0, { text: "x" })],
    ["text that is a number", says(7)],
    ["arguments without a call", input("{}", 9)],
    ["arguments that are an object", input({})],
    ["a call without a name", open(0, { type: "tool_use", id: "a" })],
  ] as readonly (readonly [string, Event | string])[])(
    "with %s are INVALID_OUTPUT",
    async (_, piece) => {
      const begun = typeof piece !== "string" && piece.type === "message_start" ? [] : [start()];
      const before = JSON.stringify(piece).includes('partial_json":{}') ? [tool(0, "a")] : [];
      const parts = partsOf(...begun, ...before, piece, ends("end_turn"), stop);
      await expect(parts).rejects.toMatchObject({ code: "INVALID_OUTPUT" });
    },
  );

  it.each([
    ["nothing", [], "INVALID_OUTPUT"],
    ["an end alone", [stop], "INVALID_OUTPUT"],
    ["no end", [start(), ...text], "NETWORK"],
    ["a second beginning", [start(), ...text, start()], "NETWORK"],
    [
      "an error",
      [start(), { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }],
      "OVERLOADED",
    ],
    [
      "an error and a type in its name alone",
      [
        start(),
        'event: error\ndata: {"error":{"type":"rate_limit_error","message":"Slow down"}}\n\n',
      ],
      "RATE_LIMITED",
    ],
    [
      "a whole error",
      ['{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'],
      "OVERLOADED",
    ],
    [
      "an error of other types",
      [start(), { type: "error", error: { type: 5, message: { a: 1 } } }],
      "SERVER_ERROR",
    ],
    ["an error that is none", [start(), { type: "error", error: null }], "SERVER_ERROR"],
  ] as readonly (readonly [string, readonly (Event | string)[], string])[])(
    "of %s",
    async (_, pieces, code) => {
      await expect(partsOf(...pieces)).rejects.toMatchObject({ code });
    },
  );
});

describe("calls of tools", () => {
  const end = [ends("tool_use"), stop];
  const a = ["a", "look_up", { q: 1 }];
  const newId = expect.stringMatching(/^call_\w{24}$/);

  it.each([
    ["in pieces", [tool(0, "a"), input(""), input('{"q"'), input(":1}"), shut(0)], [a]],
    ["whole, as the block begins", [tool(0, "a", { q: 1 }), shut(0)], [a]],
    ["whole, and again in pieces", [tool(0, "a", { q: 1 }), input('{"q":1}'), shut(0)], [a]],
    ["without arguments", [tool(0, "a"), shut(0)], [["a", "look_up", {}]]],
    ["with null", [tool(0, "a", null), input("null"), shut(0)], [["a", "look_up", {}]]],
    [
      "that do not end",
      [tool(0, "a"), input('{"q":1}'), tool(1, "b"), input('{"q":2}', 1)],
      [a, ["b", "look_up", { q: 2 }]],
    ],
    [
      "beside each other",
      [
        tool(0, "a"),
        tool(1, "b"),
        input('{"q"'),
        input('{"q":2}', 1),
        input(":1}"),
        shut(0),
        shut(1),
      ],
      [a, ["b", "look_up", { q: 2 }]],
    ],
    [
      "that end before their last pieces (agentgateway#2147)",
      [
        tool(0, "a"),
        input('{"q"'),
        shut(0),
        ...[open(1, { type: "text", text: "" }), shut(1)],
        input(":1}"),
      ],
      [a],
    ],
    ["whose pieces have another index", [tool(3, "a"), input('{"q":1}', 0), shut(3)], [a]],
    [
      "of one id",
      [tool(0, "a"), input('{"q":1}'), shut(0), tool(1, "a"), shut(1)],
      [a, [newId, "look_up", {}]],
    ],
    ["without an id", [tool(0, ""), input('{"q":1}'), shut(0)], [[newId, "look_up", { q: 1 }]]],
  ])("%s", async (_, pieces, calls) => {
    expect(await answerOf(start(), ...pieces, ...end)).toMatchObject({
      calls,
      reason: "tool-calls",
    });
    const said = await answerOf(start(), ...pieces, ends("end_turn"), stop);
    expect(said).toMatchObject({ calls, reason: "tool-calls" });
  });

  it("show their arguments as they come", async () => {
    const pieces = [tool(0, "a"), input('{"q"'), input(":1}"), shut(0)];
    expect(await answerOf(start(), ...pieces, ...end)).toMatchObject({ shown: '{"q":1}' });
  });

  it.each([
    ["in their arguments", [tool(0, "b"), input('{"q'), shut(0)]],
    ["before their arguments", [tool(0, "b"), shut(0)]],
  ])("that the bound of tokens cut %s are none", async (_, pieces) => {
    const answer = await answerOf(start(), ...text, ...pieces, ends("max_tokens"), stop);
    expect(answer).toMatchObject({ text: "Hi", calls: [], reason: "length" });
  });

  it.each([
    ["are cut", [tool(0, "a"), input('{"q'), shut(0)]],
    ["are a list", [tool(0, "a"), input("[1]"), shut(0)]],
    ["go too deep", [tool(0, "a"), input(`${"[".repeat(50_000)}${"]".repeat(50_000)}`), shut(0)]],
  ])("whose arguments %s are INVALID_OUTPUT", async (_, pieces) => {
    const parts = partsOf(start(), ...pieces, ...end);
    await expect(parts).rejects.toMatchObject({ code: "INVALID_OUTPUT" });
  });
});

it("thoughts may begin with what is in them, and need no signature", async () => {
  const pieces = [
    open(0, { type: "thinking", thinking: "H" }),
    delta(0, { type: "thinking_delta", thinking: "m." }),
    shut(0),
    ...[open(1, { type: "text" }), says("Hi", 1), shut(1)],
  ];
  const parts = await partsOf(start(), ...pieces, ends("end_turn"), stop);
  expect(parts.slice(1, 3)).toEqual([
    { type: "reasoning", text: "H" },
    { type: "reasoning", text: "m." },
  ]);
});

describe("what Claude cites", () => {
  const cited = (citation: unknown) => delta(0, { type: "citations_delta", citation });
  const sourcesOf = async (...events: readonly Event[]) => {
    const parts = await partsOf(start(), ...events, ends("end_turn"), stop);
    return parts.flatMap((part) => (part.type === "source" ? [part.source] : []));
  };

  // vercel/ai#11835, stdapi-ai/stdapi.ai#229: lost in streams
  it("is told of pages, documents and results of the caller's, each once", async () => {
    const page = { url: "https://example.com/a", title: "A", cited_text: "Words." };
    const web = { type: "web_search_result_location", ...page, encrypted_index: "x" };
    const document = { type: "char_location", document_title: "Notes", cited_text: "Other words." };
    const result = { type: "search_result_location", source: "https://example.com/r", title: null };
    const events = [open(0, { type: "text", text: "" }), cited(web), says("Hi"), cited(web)];
    expect(await sourcesOf(...events, cited(document), cited(result), cited(7), shut(0))).toEqual([
      { url: page.url, title: "A", text: "Words." },
      { title: "Notes", text: "Other words." },
      { url: "https://example.com/r" },
    ]);
  });

  it("is told of what its own search and fetch found, and of a text that came whole", async () => {
    const found = [{ type: "web_search_result", url: "https://example.com/s", title: "S" }];
    const fetched = { url: "https://example.com/f", content: { type: "document", title: "F" } };
    const citations = [{ type: "page_location", document_title: "D", cited_text: "W" }];
    expect(
      await sourcesOf(
        open(0, { type: "web_search_tool_result", tool_use_id: "x", content: found }),
        shut(0),
        open(1, { type: "web_search_tool_result", content: { error_code: "max_uses_exceeded" } }),
        shut(1),
        open(2, { type: "web_fetch_tool_result", content: fetched }),
        shut(2),
        open(3, { type: "text", text: "Hi", citations }),
        shut(3),
      ),
    ).toEqual([
      { url: "https://example.com/s", title: "S" },
      { url: "https://example.com/f", title: "F" },
      { title: "D", text: "W" },
    ]);
  });

  it("counts what is kept for an hour apart", async () => {
    const usage = {
      input_tokens: 3,
      cache_read_input_tokens: 10,
      cache_creation_input_tokens: 20,
      cache_creation: { ephemeral_5m_input_tokens: 5, ephemeral_1h_input_tokens: 15 },
      output_tokens: 1,
    };
    const parts = await partsOf(start(usage), ...text, ends("end_turn"), stop);
    expect(parts.find(({ type }) => type === "usage")).toMatchObject({
      usage: {
        inputTokens: 3,
        cacheReadTokens: 10,
        cacheWriteTokens: 20,
        cacheWriteHourTokens: 15,
      },
    });
  });
});

it("names the stop sequence that ended it (invergent-ai/surogate#133)", async () => {
  const stop_reason = "stop_sequence";
  const met = { type: "message_delta", delta: { stop_reason, stop_sequence: "\n\n" } };
  const parts = await partsOf(start(), ...text, met, stop);
  const finish = { type: "finish", reason: "stop", vendorReason: stop_reason };
  expect(parts.at(-1)).toEqual({ ...finish, stopSequence: "\n\n" });
});
