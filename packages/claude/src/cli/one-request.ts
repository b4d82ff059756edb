import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { isBefore } from "./version.ts";

/** Tried with this version; 2.0.74 has the option, but leaves out the end of the message. */
const firstWithBudget = "2.1.90";
/** In US dollars: less than any answer costs. */
const leastBudget = "0.000000001";
/** The kind of result with which such a run ends. */
export const budgetIsSpent = "error_max_budget_usd";

/**
 * Whether a budget limits the run to one request. By default the CLI sends up to three more after a
 * message that was cut off at its token limit (anthropics/claude-code#24055), and no option
 * prevents that. A budget that the first answer exceeds does. With a schema it would cut off the
 * end of the message, because the CLI checks the budget before it.
 */
export function isHeldToOne({ schema }: CanonicalRequest, version: string | undefined): boolean {
  return schema === undefined && version !== undefined && !isBefore(version, firstWithBudget);
}

export function budgetOf(request: CanonicalRequest, version: string | undefined): string[] {
  return isHeldToOne(request, version) ? ["--max-budget-usd", leastBudget] : [];
}
