import type { Usage } from "@acc/dual-mode/provider";

export interface VendorUsage {
  readonly promptTokenCount?: number;
  readonly candidatesTokenCount?: number;
  readonly thoughtsTokenCount?: number;
  readonly cachedContentTokenCount?: number;
}

/**
 * Thoughts are paid as output and counted apart from it: the sum is what was put out. What was read
 * from a cache is counted in the prompt: without it, it is what was put in.
 */
export function toUsage(usage: VendorUsage): Usage {
  const { promptTokenCount, candidatesTokenCount, thoughtsTokenCount } = usage;
  const reported = {
    inputTokens: (promptTokenCount ?? Number.NaN) - (usage.cachedContentTokenCount ?? 0),
    outputTokens:
      candidatesTokenCount === undefined
        ? thoughtsTokenCount
        : candidatesTokenCount + (thoughtsTokenCount ?? 0),
    cacheReadTokens: usage.cachedContentTokenCount,
    reasoningTokens: thoughtsTokenCount,
  };
  return Object.fromEntries(Object.entries(reported).filter(([, value]) => Number.isFinite(value)));
}
