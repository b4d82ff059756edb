import { givenCounts, isMembers, type Usage } from "@acc/dual-mode/provider";

/**
 * The members of the vendor's usage that both modes report alike; their values are checked when
 * they are read.
 */
export interface VendorUsage {
  readonly input_tokens?: unknown;
  readonly output_tokens?: unknown;
  readonly cache_read_input_tokens?: unknown;
  readonly cache_creation_input_tokens?: unknown;
  readonly cache_creation?: unknown;
  readonly output_tokens_details?: unknown;
}

/** Converts token counts; a count that is not a number is ignored. */
export function toUsage(usage: VendorUsage, cost?: unknown): Usage {
  const details = isMembers(usage.output_tokens_details) ? usage.output_tokens_details : {};
  const written = isMembers(usage.cache_creation) ? usage.cache_creation : {};
  return givenCounts({
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens,
    cacheWriteTokens: usage.cache_creation_input_tokens,
    cacheWriteHourTokens: written.ephemeral_1h_input_tokens || undefined,
    reasoningTokens: details.thinking_tokens,
    cost,
  });
}

/** Merges later counts into earlier ones: neither null nor a gateway's zero removes a count. */
export function addUsage(earlier: VendorUsage, later: unknown): VendorUsage {
  if (!isMembers(later)) return earlier;
  const merged: Record<string, unknown> = { ...later };
  for (const [name, value] of Object.entries(earlier)) {
    if (value !== undefined && !merged[name]) merged[name] = value;
  }
  return merged;
}
