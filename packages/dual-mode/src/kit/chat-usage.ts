import type { Usage } from "../contract/part.ts";
import { givenCount, givenCounts, isMembers } from "../foreign/guards.ts";

/**
 * What chat completions count. What was read from a cache, and written to one, is counted in the
 * prompt: without it, it is what was put in. Thoughts are counted in what was put out; where the total
 * says that they come on top, as xAI's do, they are added. A count that is no number is none.
 */
export function toChatUsage(usage: unknown): Usage {
  if (!isMembers(usage)) return {};
  const details = isMembers(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {};
  const spent = isMembers(usage.completion_tokens_details) ? usage.completion_tokens_details : {};
  const prompt = givenCount(usage.prompt_tokens);
  const answer = givenCount(usage.completion_tokens);
  const thoughts = givenCount(spent.reasoning_tokens) ?? 0;
  const apart = thoughts > 0 && usage.total_tokens === (prompt ?? 0) + (answer ?? 0) + thoughts;
  const cached =
    givenCount(details.cached_tokens) ??
    givenCount(usage.prompt_cache_hit_tokens) ??
    givenCount(usage.cached_tokens);
  // OpenRouter's and LiteLLM's, of vendors that are paid for it.
  const written =
    givenCount(details.cache_write_tokens) ?? givenCount(details.cache_creation_tokens);
  const kept = (cached ?? 0) + (written ?? 0);
  return givenCounts({
    inputTokens: prompt === undefined ? undefined : Math.max(0, prompt - kept),
    outputTokens: apart ? (answer ?? 0) + thoughts : answer,
    cacheReadTokens: cached,
    cacheWriteTokens: written,
    reasoningTokens: spent.reasoning_tokens,
  });
}
