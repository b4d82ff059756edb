import { givenCount, givenCounts, isMembers, type Usage } from "@acc/dual-mode/provider";

/**
 * Converts Codex's token counts, whose input includes the tokens read from the cache or written to
 * it.
 */
export function turnUsage(usage: unknown): Usage {
  if (!isMembers(usage)) return {};
  const input = givenCount(usage.inputTokens);
  const cached = givenCount(usage.cachedInputTokens);
  const written = givenCount(usage.cacheWriteInputTokens);
  return givenCounts({
    inputTokens: input && Math.max(0, input - (cached ?? 0) - (written ?? 0)),
    outputTokens: usage.outputTokens,
    cacheReadTokens: cached || undefined,
    cacheWriteTokens: written || undefined,
    reasoningTokens: givenCount(usage.reasoningOutputTokens) || undefined,
  });
}
