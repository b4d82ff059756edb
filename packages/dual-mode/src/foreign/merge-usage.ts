import type { Usage } from "../contract/part.ts";

/**
 * What a vendor counted so far, with what it counts now. A count that comes later is the better one,
 * but for a zero over a count: gateways fill up with it what they do not know.
 */
export function mergeUsage(earlier: Usage, later: Usage): Usage {
  const told = Object.entries(later).filter(
    ([name, count]) => count || earlier[name as keyof Usage] === undefined,
  );
  return { ...earlier, ...Object.fromEntries(told) };
}
