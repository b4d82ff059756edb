import { describe, expect, it } from "vitest";
import { hi, stop } from "./chat-pieces.ts";
import { answerOf, done, event } from "./chat-scene.ts";

describe("a stream of chat completions", () => {
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
});
