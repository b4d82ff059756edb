import { describe, expect, it } from "vitest";
import { answer, cliScene, event, result } from "./cli-run-scene.ts";

const { play } = cliScene();

describe("what is of another form", () => {
  it.each<[string, object | string, number?]>([
    ["an event that is null", { type: "stream_event", event: null }],
    ["a message that is null", event({ type: "message_start", message: null }), 0],
    ["a model that is a number", event({ type: "message_start", message: { model: 5 } }), 0],
    ["a block that is null", event({ type: "content_block_start", content_block: null })],
    [
      "a tool without a name",
      event({ type: "content_block_start", content_block: { type: "tool_use", id: "1" } }),
    ],
    ["a delta that is a list of nothing", event({ type: "content_block_delta", delta: null })],
    [
      "a text that is a number",
      event({ type: "content_block_delta", delta: { type: "text_delta", text: 7 } }),
    ],
    [
      "a stop reason that is a list",
      event({ type: "message_delta", delta: { stop_reason: ["end_turn"] } }),
    ],
    ["a line that is cut", '{"type":"stream_event","event":{"ty'],
  ])("%s makes the answer none", async (_, line, at = 1) => {
    const { error } = await play({ lines: [...answer.slice(0, at), line, ...answer.slice(at)] });
    expect(error).toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it.each([
    { usage: null },
    { usage: { input_tokens: "7", output_tokens_details: "x" } },
    { total_cost_usd: "free" },
    { stop_reason: "constructor" },
    { api_error_status: "529" },
    { num_turns: null },
  ])("a result with %j does no harm", async (members) => {
    const { parts, error } = await play({
      lines: [...answer.slice(0, -1), { ...result, ...members }],
    });
    expect(error).toBeUndefined();
    for (const part of parts) {
      if (part.type !== "usage") continue;
      expect(Object.values(part.usage).every((value) => typeof value === "number")).toBe(true);
    }
  });

  it.each([{ result: { a: 1 } }, { result: 4 }, { result: null, subtype: [] }])(
    "an error told as %j has a code",
    async (members) => {
      const lines = [{ ...result, is_error: true, ...members }];
      expect((await play({ lines, exit: 1 })).error).toMatchObject({ code: "SERVER_ERROR" });
    },
  );

  it.each(["__proto__", "toString"])("a kind of error named %s is none", async (kind) => {
    const lines = [
      { type: "assistant", error: kind },
      { ...result, is_error: true, result: "no" },
    ];
    expect((await play({ lines, exit: 1 })).error).toMatchObject({ code: "SERVER_ERROR" });
  });
});
