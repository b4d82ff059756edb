import type { TokenCounts } from "./explanation.ts";

const members = [
  "inputTokens",
  "outputTokens",
  "cacheReadTokens",
  "cacheWriteTokens",
  "cacheWriteHourTokens",
] as const;

/** The first count that is none, as `name: value`. */
export function wrongCount(usage: TokenCounts): string | undefined {
  const wrong = members.find((name) => {
    const count: unknown = usage[name];
    return count !== undefined && !(typeof count === "number" && count >= 0 && count < Infinity);
  });
  return wrong && `${wrong}: ${String(usage[wrong])}`;
}

/**
 * The counts as the data's package takes them: its input tokens are all of the prompt, those of the
 * cache among them, where ours are those that were read anew.
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
