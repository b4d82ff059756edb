import { describe, expect, it } from "vitest";
import {
  answerOf,
  delta,
  type Event,
  ends,
  input,
  open,
  partsOf,
  says,
  shut,
  start,
  stop,
  text,
  tool,
} from "./played-events.ts";

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

it("names the stop sequence that ended it (invergent-ai/surogate#133)", async () => {
  const stop_reason = "stop_sequence";
  const met = { type: "message_delta", delta: { stop_reason, stop_sequence: "\n\n" } };
  const parts = await partsOf(start(), ...text, met, stop);
  const finish = { type: "finish", reason: "stop", vendorReason: stop_reason };
  expect(parts.at(-1)).toEqual({ ...finish, stopSequence: "\n\n" });
});
