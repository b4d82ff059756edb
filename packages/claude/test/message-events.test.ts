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
