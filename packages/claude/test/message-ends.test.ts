import { describe, expect, it } from "vitest";
import { answerOf, ends, partsOf, start, stop, text } from "./played-events.ts";

describe("events of the Messages API", () => {
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
});

it("names the stop sequence that ended it (invergent-ai/surogate#133)", async () => {
  const stop_reason = "stop_sequence";
  const met = { type: "message_delta", delta: { stop_reason, stop_sequence: "\n\n" } };
  const parts = await partsOf(start(), ...text, met, stop);
  const finish = { type: "finish", reason: "stop", vendorReason: stop_reason };
  expect(parts.at(-1)).toEqual({ ...finish, stopSequence: "\n\n" });
});
