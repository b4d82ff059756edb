import type { TokenCounts } from "./explanation.ts";

const members = [
  "inputTokens",
  "outputTokens",
  "cacheReadTokens",
  "cacheWriteTokens",
  "cacheWriteHourTokens",
] as const;

/** Returns the first value that is not a valid count, as `name: value`. */
export function wrongCount(usage: TokenCounts): string | undefined {
  const wrong = members.find((name) => {
    const count: unknown = usage[name];
    return count !== undefined && !(typeof count === "number" && count >= 0 && count < Infinity);
  });
  return wrong && `${wrong}: ${String(usage[wrong])}`;
}

/**
 * Converts the counts for the data's package, whose input tokens are the whole prompt, including
 * the tokens of a cache, which ours exclude.
 */
export function vendorUsage(usage: TokenCounts): Record<string, number> | undefined {
  const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage;
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  return {
    input_tokens: inputTokens + cacheReadTokens + cacheWriteTokens,
    cache_read_tokens: cacheReadTokens,
    cache_write_tokens: cacheWriteTokens,
    cache_write_1h_tokens: Math.min(usage.cacheWriteHourTokens ?? 0, cacheWriteTokens),
    output_tokens: outputTokens,
  };
}
