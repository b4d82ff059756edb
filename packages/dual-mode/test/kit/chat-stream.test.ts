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
});
