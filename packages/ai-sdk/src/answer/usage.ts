import type { Usage as OurUsage } from "@acc/dual-mode";
import type { Usage } from "../contract/answer.ts";

/**
 * Converts token counts: ours exclude the tokens of a vendor's cache, and the AI SDK's total
 * includes them.
 */
export function toUsage(usage: OurUsage = {}): Usage {
  const { inputTokens: noCache, cacheReadTokens: cacheRead, cacheWriteTokens: cacheWrite } = usage;
  const { outputTokens, reasoningTokens: reasoning } = usage;
  const total = noCache === undefined ? undefined : noCache + (cacheRead ?? 0) + (cacheWrite ?? 0);
  // A server that does not include thoughts in the output may report more of them than output
  // tokens.
  const text =
    outputTokens === undefined ? undefined : Math.max(0, outputTokens - (reasoning ?? 0));
  return {
    inputTokens: { total, noCache, cacheRead, cacheWrite },
    outputTokens: { total: outputTokens, text, reasoning },
  };
}
