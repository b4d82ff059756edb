import type { Usage } from "@acc/dual-mode/provider";

/** The members of a vendor's usage that both modes report alike. */
export interface VendorUsage {
  readonly input_tokens?: number | null;
  readonly output_tokens?: number | null;
  readonly cache_read_input_tokens?: number | null;
  readonly cache_creation_input_tokens?: number | null;
  readonly output_tokens_details?: { readonly thinking_tokens?: number | null } | null;
}

export function toUsage(usage: VendorUsage, cost?: number): Usage {
  const reported = {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens,
    cacheWriteTokens: usage.cache_creation_input_tokens,
    reasoningTokens: usage.output_tokens_details?.thinking_tokens,
    cost,
  };
  return Object.fromEntries(Object.entries(reported).filter(([, value]) => Number.isFinite(value)));
}
