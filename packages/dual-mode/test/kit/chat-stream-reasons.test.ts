import { describe, expect, it } from "vitest";
import { hi, stop } from "./chat-pieces.ts";
import { answerOf, delta, done, ends } from "./chat-scene.ts";

describe("a stream of chat completions", () => {
  it.each(["constructor", "__proto__", "toString", "eos_reached"])(
    "that ends with %s ends with other",
    async (reason) => {
      expect(await answerOf(hi, ends(reason))).toMatchObject({ reason: "other" });
    },
  );

  it.each([
    [["length", "stop"], "length"],
    [["stop", "length"], "length"],
    [["STOP"], "stop"],
    [["COMPLETE"], "stop"],
    // promptfoo#9905: Z.ai's reasons
    [["sensitive"], "content-filter"],
    [["model_context_window_exceeded"], "length"],
    [["max_output_tokens"], "length"],
    [["max_tokens"], "length"],
    [["content_filter"], "content-filter"],
    [[undefined], "other"],
  ])("that ends with %j and [DONE] ends with %s", async (reasons, reason) => {
    expect(await answerOf(hi, ...reasons.map((each) => ends(each)), done)).toMatchObject({
      reason,
    });
  });

  it("tells a refusal as text, and ends as filtered", async () => {
    const pieces = [delta({ refusal: "I " }), delta({ refusal: "will not." }), stop, done];
    expect(await answerOf(...pieces)).toMatchObject({
      text: "I will not.",
      reason: "content-filter",
    });
  });
});
