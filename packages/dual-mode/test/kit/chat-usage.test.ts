import { expect, test } from "vitest";
import { toChatUsage } from "../../src/kit/chat-usage.ts";

// vercel/ai#14382: Mistral's name for what was read from its cache.
test.each([
  { prompt_tokens_details: { cached_tokens: 40 } },
  { prompt_cache_hit_tokens: 40 },
  { cached_tokens: 40 },
  { num_cached_tokens: 40 },
])("what %j says was cached is no fresh input", (cached) => {
  const usage = { prompt_tokens: 50, completion_tokens: 5, total_tokens: 55, ...cached };
  expect(toChatUsage(usage)).toEqual({ inputTokens: 10, outputTokens: 5, cacheReadTokens: 40 });
});
