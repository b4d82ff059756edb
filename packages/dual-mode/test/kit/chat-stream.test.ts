import { describe, expect, it } from "vitest";
import { hi, stop } from "./chat-pieces.ts";
import { answerOf, delta, done, ends, event, partsOf } from "./chat-scene.ts";

describe("a stream of chat completions", () => {
  it.each([
    [
      "keeps the connection open by data (opencode#50871)",
      ["data: : keepalive\n\n", hi, "data: : keepalive\n\n", stop, done],
    ],
    ["keeps it open by words", ["data: ping\n\n", hi, "data: [KEEP-ALIVE]\n\n", stop, done]],
    ["keeps it open by empty data", ["data:\n\n", hi, "data: \n\n", stop, done]],
    ["keeps it open by comments", [": OPENROUTER PROCESSING\n\n", `: x\r\n${hi}`, stop, done]],
    ["says its end with white space", [hi, stop, "data:  [DONE] \r\n\r\n"]],
    ["says its end without a blank line", [hi, stop, "data: [DONE]"]],
    ["says no end but a reason", [hi, stop]],
    ["ends in the middle of its blank line", [hi, stop.trimEnd()]],
    ["goes on behind its end", [hi, stop, done, "data: {no json\n\n"]],
    [
      "has error: null (litellm#40578)",
      [delta({ content: "Hi" }, { error: null }), ends("stop", { error: null }), done],
    ],
    ["has an empty error", [delta({ content: "Hi" }, { error: "" }), stop, done]],
    [
      "has null for what is not there",
      [
        event({ model: "m", choices: null, usage: null }),
        delta({ content: "Hi", tool_calls: null, refusal: null, reasoning: null }),
        stop,
        done,
      ],
    ],
    [
      "has deltas that are null",
      [event({ model: "m", choices: [{ delta: null }] }), hi, stop, done],
    ],
    ["says stop twice", [hi, stop, stop, done]],
    [
      "has an empty reason before the end",
      [
        event({ model: "m", choices: [{ delta: { content: "Hi" }, finish_reason: "" }] }),
        stop,
        done,
      ],
    ],
    ["has ids and retries", [`id: 7\nretry: 10\n${hi}`, stop, done]],
    ["begins with a byte order mark", [`\uFEFF${hi}`, stop, done]],
    ["has CR alone", [hi.replaceAll("\n", "\r"), stop.replaceAll("\n", "\r"), done]],
    [
      "has its content in parts",
      [
        delta({
          content: [{ type: "text", text: "H" }, "i", { type: "reference", reference_ids: [1] }],
        }),
        stop,
        done,
      ],
    ],
    [
      "has choices beside each other",
      [
        event({
          model: "m",
          choices: [{ delta: { content: "H" } }, { index: 1, delta: { content: "i" } }],
        }),
        stop,
      ],
    ],
    [
      "is none, but a whole answer",
      [
        JSON.stringify(
          { model: "m", choices: [{ message: { content: "Hi" }, finish_reason: "stop" }] },
          null,
          1,
        ),
      ],
    ],
    [
      "sums up at the end",
      [
        hi,
        event({ model: "m", choices: [{ message: { content: "Hi" }, finish_reason: "stop" }] }),
        done,
      ],
    ],
    [
      "sums up what it thought before (vllm-project/vllm#36632)",
      [
        delta({ reasoning_content: "hm" }),
        event({
          model: "m",
          choices: [{ message: { content: "Hi", reasoning_content: "hm" }, finish_reason: "stop" }],
        }),
      ],
    ],
    [
      "has its message beside an empty delta",
      [
        event({
          model: "m",
          choices: [{ delta: {}, message: { content: "Hi" }, finish_reason: "stop" }],
        }),
      ],
    ],
    ["breaks off in the word of its end (sudocode#576)", [hi, stop, "data: [DO"]],
    [
      "counts in every chunk",
      [
        delta({ content: "Hi" }, { usage: { prompt_tokens: 3, completion_tokens: 1 } }),
        stop,
        event({ model: "m", choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } }),
        done,
      ],
    ],
  ])("that %s is read whole", async (_, pieces) => {
    expect(await answerOf(...pieces)).toMatchObject({ text: "Hi", reason: "stop", model: "m" });
  });

  it.each([
    [
      "has a name later (autogen#6465, azure-sdk-for-go#21086)",
      [event({ id: "", model: "", choices: [] }), hi, stop],
      "m",
    ],
    [
      "has none",
      [
        event({ model: "", choices: [] }),
        event({ model: "", choices: [{ delta: { content: "Hi" } }] }),
        ends("stop", { model: null }),
      ],
      undefined,
    ],
    [
      "is a number",
      [event({ model: 5, choices: [{ delta: { content: "Hi" }, finish_reason: "stop" }] })],
      undefined,
    ],
  ])("whose model %s", async (_, pieces, model) => {
    const parts = await partsOf(...pieces);
    expect(parts[0]).toEqual({ type: "start", ...(model && { model, id: "1" }) });
  });

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

  it.each([
    [{ reasoning: "Hm" }],
    [{ reasoning_content: "Hm" }],
    [{ reasoning_text: "Hm" }],
    [{ thinking: "Hm" }],
    [{ reasoning: "Hm", reasoning_content: "Hm" }],
    [
      {
        reasoning: null,
        reasoning_details: [
          { type: "reasoning.text", text: "Hm" },
          { type: "reasoning.encrypted", data: "x" },
        ],
      },
    ],
    [{ content: [{ type: "thinking", thinking: [{ type: "text", text: "Hm" }] }] }],
  ])("tells what was thought, said as %j", async (members) => {
    const told = await answerOf(delta(members), hi, stop);
    expect(told).toMatchObject({ reasoning: "Hm", text: "Hi" });
  });

  it.each([
    [
      { prompt_tokens: 9, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 4 } },
      { inputTokens: 5, outputTokens: 2, cacheReadTokens: 4 },
    ],
    [
      { prompt_tokens: 9, prompt_tokens_details: null, completion_tokens: null },
      { inputTokens: 9 },
    ],
    [
      { prompt_tokens: "9", completion_tokens: -1, prompt_tokens_details: { cached_tokens: -4 } },
      undefined,
    ],
    [
      { prompt_tokens: 2, prompt_tokens_details: { cached_tokens: 7 } },
      { inputTokens: 0, cacheReadTokens: 7 },
    ],
    ["many", undefined],
    [
      // vercel/ai#11487, UKGovernmentBEIS/inspect_ai#5528: xAI's thoughts come on top
      {
        prompt_tokens: 279,
        completion_tokens: 6,
        total_tokens: 374,
        completion_tokens_details: { reasoning_tokens: 89 },
      },
      { inputTokens: 279, outputTokens: 95, reasoningTokens: 89 },
    ],
    [
      {
        prompt_tokens: 9,
        completion_tokens: 50,
        total_tokens: 59,
        completion_tokens_details: { reasoning_tokens: 30 },
      },
      { inputTokens: 9, outputTokens: 50, reasoningTokens: 30 },
    ],
    [
      // Bike4Mind/bike4mind#1089
      { prompt_tokens: 9, completion_tokens: 2, cached_tokens: 4 },
      { inputTokens: 5, outputTokens: 2, cacheReadTokens: 4 },
    ],
  ])("counts %j as %j", async (usage, counted) => {
    expect(
      (await answerOf(hi, stop, event({ model: "m", choices: [], usage }), done)).usage,
    ).toEqual(counted);
    // earendil-works/pi#2017
    const choice = { delta: {}, finish_reason: "stop", usage };
    expect((await answerOf(hi, event({ model: "m", choices: [choice] }), done)).usage).toEqual(
      counted,
    );
  });

  it("keeps a count that zeros follow", async () => {
    const counts = (prompt_tokens: number) =>
      event({ choices: [], usage: { prompt_tokens, completion_tokens: 0 } });
    expect((await answerOf(hi, stop, counts(7), counts(0), done)).usage).toEqual({
      inputTokens: 7,
      outputTokens: 0,
    });
  });

  it.each([
    ["no JSON", "data: {no json\n\n"],
    ["JSON that is cut", hi.slice(0, 40)],
    ["no object", event(5)],
    ["null", event(null)],
    ["choices that are no list", event({ choices: "x" })],
    ["a choice that is none", event({ choices: [null] })],
    ["a delta that is text", event({ choices: [{ delta: "x" }] })],
    ["content that is a number", delta({ content: 5 })],
    ["content whose parts are numbers", delta({ content: [5] })],
    ["words for people", "data: Service is busy\n\n"],
    ["a reason that says it failed", ends("error")],
  ])("with %s in it is INVALID_OUTPUT", async (_, piece) => {
    await expect(answerOf(hi, piece, stop, done)).rejects.toMatchObject({ code: "INVALID_OUTPUT" });
    await expect(answerOf(piece)).rejects.toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it.each([
    ["nothing", [], "INVALID_OUTPUT"],
    ["an end alone", [done], "INVALID_OUTPUT"],
    ["no end", [hi], "NETWORK"],
    [
      "an event named error",
      ['event: error\ndata: {"message":"Overloaded","code":503}\n\n'],
      "OVERLOADED",
    ],
    ["an event named error that is text", ['event: error\ndata: "gone"\n\n'], "SERVER_ERROR"],
    [
      "an error in a choice",
      [
        event({
          choices: [{ error: { code: 429, message: "Slow down" }, finish_reason: "error" }],
        }),
      ],
      "RATE_LIMITED",
    ],
    [
      "an object error",
      [event({ object: "error", message: "Overloaded", code: "503" })],
      "OVERLOADED",
    ],
    [
      "a whole error",
      [JSON.stringify({ error: { code: 503, message: "Overloaded" } })],
      "OVERLOADED",
    ],
    [
      "an error whose words are an object",
      [event({ error: { message: { a: 1 } } })],
      "SERVER_ERROR",
    ],
  ])("of %s", async (_, pieces, code) => {
    await expect(answerOf(...pieces)).rejects.toMatchObject({ code });
  });
});
