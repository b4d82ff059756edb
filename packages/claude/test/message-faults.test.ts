import { describe, expect, it } from "vitest";
import {
  delta,
  type Event,
  ends,
  input,
  open,
  partsOf,
  says,
  start,
  stop,
  text,
  tool,
} from "./played-events.ts";

describe("events of the Messages API", () => {
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
