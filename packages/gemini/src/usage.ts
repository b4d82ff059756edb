import { givenCount, givenCounts, isMembers, type Usage } from "@acc/dual-mode/provider";

/**
 * Thoughts are paid as output and counted apart from it: the sum is what was put out. What was read
 * from a cache is counted in the prompt: without it, and with what Google's own tools put in, it is what
 * was put in. A count that is no number is none.
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
