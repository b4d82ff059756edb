import type { ReasoningLevel } from "@acc/dual-mode";

/** The largest budget, in tokens, of each level. */
const budgets: readonly (readonly [number, ReasoningLevel])[] = [
  [4_096, "low"],
  [12_288, "medium"],
  [20_480, "high"],
  [28_672, "xhigh"],
];

/** The level that corresponds to a budget of this many thinking tokens. */
export function levelOfBudget(tokens: number): ReasoningLevel {
  return budgets.find(([most]) => tokens <= most)?.[1] ?? "max";
}
