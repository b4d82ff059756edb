import type { Usage } from "../contract/part.ts";
import { givenCount, givenCounts, isMembers } from "../foreign/guards.ts";

/**
 * Converts the usage of a chat completion. Its prompt tokens include those read from and written to
 * a cache, which are subtracted from the input tokens. Its completion tokens include reasoning; if
 * the total shows that reasoning is counted separately, as with xAI, it is added. A count that is
 * not a number is absent.
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
    givenCount(usage.cached_tokens) ??
    givenCount(usage.num_cached_tokens);
  // OpenRouter and LiteLLM report tokens that were written to a cache, for vendors that charge for
  // it.
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
