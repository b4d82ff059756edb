import { givenCount, givenCounts, isMembers, type Usage } from "@acc/dual-mode/provider";

/**
 * Converts token counts. The API counts thoughts separately, and bills them as output, so output is
 * the sum. Its prompt count includes what was read from a cache, which is subtracted, but not what
 * Google's own tools added, which is added. A count that is not a number is ignored.
 */
export function toUsage(usage: unknown): Usage {
  if (!isMembers(usage)) return {};
  const prompt = givenCount(usage.promptTokenCount);
  const found = givenCount(usage.toolUsePromptTokenCount) ?? 0;
  const cached = givenCount(usage.cachedContentTokenCount);
  const answer = givenCount(usage.candidatesTokenCount);
  const thoughts = givenCount(usage.thoughtsTokenCount);
  return givenCounts({
    inputTokens: prompt === undefined ? undefined : Math.max(0, prompt - (cached ?? 0)) + found,
    outputTokens: answer === undefined ? thoughts : answer + (thoughts ?? 0),
    cacheReadTokens: cached,
    reasoningTokens: thoughts,
  });
}
