import type { Usage } from "@acc/dual-mode";

/**
 * Tokens as OpenAI's wires count them: those read from a cache, or written to it, are part of the
 * prompt.
 */
export interface Counted {
  readonly prompt: number;
  readonly cached: number;
  readonly output: number;
  readonly reasoning: number;
}

export function counted(usage: Usage): Counted {
  const { inputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage;
  return {
    prompt: inputTokens + cacheReadTokens + cacheWriteTokens,
    cached: cacheReadTokens,
    output: usage.outputTokens ?? 0,
    reasoning: usage.reasoningTokens ?? 0,
  };
}
