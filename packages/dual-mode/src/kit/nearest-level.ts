import type { ReasoningLevel } from "../contract/request.ts";

const order: readonly ReasoningLevel[] = [
  "none",
  "minimal",
  "low",
  "medium",
  "high",
  "xhigh",
  "max",
];

/**
 * Returns the level that a vendor offers which is nearest to the requested one; of two equally
 * near, the lower.
 */
export function nearestLevel<Level extends ReasoningLevel>(
  asked: ReasoningLevel,
  offered: readonly [Level, ...Level[]],
): Level {
  const place = order.indexOf(asked);
  const distance = (level: Level) => Math.abs(order.indexOf(level) - place);
  const inOrder = [...offered].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return inOrder.reduce((best, level) => (distance(level) < distance(best) ? level : best));
}
