import { givenCount, givenCounts, isMembers, type Usage } from "@acc/dual-mode/provider";

/**
 * Converts the token counts of Responses, whose input includes the tokens read from the cache or
 * written to it.
 */
export function toUsage(usage: unknown): Usage {
  if (!isMembers(usage)) return {};
  const read = isMembers(usage.input_tokens_details) ? usage.input_tokens_details : {};
  const spent = isMembers(usage.output_tokens_details) ? usage.output_tokens_details : {};
  const input = givenCount(usage.input_tokens);
  const cached = givenCount(read.cached_tokens);
  const written = givenCount(read.cache_write_tokens);
  return givenCounts({
    inputTokens: input && Math.max(0, input - (cached ?? 0) - (written ?? 0)),
    outputTokens: usage.output_tokens,
    cacheReadTokens: cached,
    cacheWriteTokens: written,
    reasoningTokens: spent.reasoning_tokens,
  });
}
