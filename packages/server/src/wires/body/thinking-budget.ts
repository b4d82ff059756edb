import type { ReasoningLevel } from "@acc/dual-mode";

/** The most tokens of a budget that mean a level. */
const budgets: readonly (readonly [number, ReasoningLevel])[] = [
  [4_096, "low"],
  [12_288, "medium"],
  [20_480, "high"],
  [28_672, "xhigh"],
];

/** The level that a budget of so many tokens of thought means. */
export function levelOfBudget(tokens: number): ReasoningLevel {
  return budgets.find(([most]) => tokens <= most)?.[1] ?? "max";
}
