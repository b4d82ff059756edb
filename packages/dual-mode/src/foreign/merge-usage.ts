import type { Usage } from "../contract/part.ts";

/**
 * Merges a vendor's earlier counts with later ones. A later count is better, except a zero after a
 * count: gateways write a zero for what they do not know.
 */
export function mergeUsage(earlier: Usage, later: Usage): Usage {
  const told = Object.entries(later).filter(
    ([name, count]) => count || earlier[name as keyof Usage] === undefined,
  );
  return { ...earlier, ...Object.fromEntries(told) };
}
