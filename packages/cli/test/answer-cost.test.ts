import type { Reply } from "@acc/dual-mode";
import { expect, it } from "vitest";
import {
  added,
  costOf,
  describeAnswer,
  describeSpent,
  nothingSpent,
} from "../src/dialogue/answer-cost.ts";

const attempt = { provider: "claude", mode: "sdk", model: "claude-sonnet-4-5", ms: 1 } as const;
const reply: Reply = {
  ...{ text: "Hi.", content: [], toolCalls: [], provider: "claude", mode: "sdk" },
  ...{ model: "claude-sonnet-4-5", cached: false, fallback: false, finishReason: "stop" },
  usage: { inputTokens: 1000, cacheReadTokens: 500, outputTokens: 200 },
  attempts: [{ ...attempt, credential: "env:ANTHROPIC_API_KEY" }],
  ...{ sources: [], warnings: [] },
};

it("says who answered, and what it took", () => {
  expect(describeAnswer(reply, 1234, 0.0123)).toBe(
    "claude sdk, claude-sonnet-4-5 · 1500 tokens in, 200 out · 1.2 s · $0.0123",
  );
  const { usage: _, ...untold } = reply;
  expect(describeAnswer(untold, 50, undefined)).toBe("claude sdk, claude-sonnet-4-5 · 0.1 s");
  expect(describeAnswer({ ...reply, model: "m\u001b[2J\n" }, 50, undefined)).not.toMatch(/\p{Cc}/u);
});

it("says of what a plan pays for that a key would have cost it", () => {
  const plan = { ...reply, attempts: [{ ...attempt, credential: "login" }] };
  expect(describeAnswer(plan, 50, 0.5)).toMatch(/\$0\.5000 if a key paid$/);
});

it("takes what was told, else the list prices, and nothing for what nobody pays for", async () => {
  expect(await costOf(reply)).toBeGreaterThan(0);
  expect(await costOf({ ...reply, cost: { amount: 9, source: "reported" } })).toBe(9);
  expect(await costOf({ ...reply, cached: true })).toBe(0);
  expect(await costOf({ ...reply, joined: true })).toBe(0);
  expect(await costOf({ ...reply, model: "unheard-of" })).toBeUndefined();
});

it("adds up a conversation, and says how many answers have an unknown cost", () => {
  expect(describeSpent(nothingSpent)).toBe("Nothing was answered yet.");
  const one = added(nothingSpent, reply, 0.00001);
  expect(describeSpent(one)).toBe("1 answer: 1500 tokens in, 200 out, under $0.0001.");
  const three = added(added(one, { ...reply, cached: true }, 0), reply, undefined);
  expect(describeSpent(three)).toBe(
    "3 answers, 1 from the cache: 3000 tokens in, 400 out, under $0.0001; the cost of 1 is unknown.",
  );
});
