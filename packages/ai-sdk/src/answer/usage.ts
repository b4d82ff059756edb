import type { Usage as OurUsage } from "@acc/dual-mode";
import type { Usage } from "../contract/answer.ts";

/** Ours counts what was read anew apart from what a vendor's cache gave; the AI SDK adds them up. */
export function toUsage(usage: OurUsage = {}): Usage {
  const { inputTokens: noCache, cacheReadTokens: cacheRead, cacheWriteTokens: cacheWrite } = usage;
  const { outputTokens, reasoningTokens: reasoning } = usage;
  const total = noCache === undefined ? undefined : noCache + (cacheRead ?? 0) + (cacheWrite ?? 0);
  // A server that counts thoughts apart from the rest may give more of them than in all.
  const text =
    outputTokens === undefined ? undefined : Math.max(0, outputTokens - (reasoning ?? 0));
  return {
    inputTokens: { total, noCache, cacheRead, cacheWrite },
    outputTokens: { total: outputTokens, text, reasoning },
  };
}
