import { describe, expect, it } from "vitest";
import { toUsage } from "../src/answer/usage.ts";

describe("usage in the AI SDK's form", () => {
  it("adds what a vendor's cache read and wrote to the input", () => {
    const usage = toUsage({ inputTokens: 10, cacheReadTokens: 4, cacheWriteTokens: 2 });
    expect(usage.inputTokens).toEqual({ total: 16, noCache: 10, cacheRead: 4, cacheWrite: 2 });
  });

  it("has no text below zero where a server counts thoughts apart", () => {
    const usage = toUsage({ outputTokens: 3, reasoningTokens: 5 });
    expect(usage.outputTokens).toEqual({ total: 3, text: 0, reasoning: 5 });
  });
});
