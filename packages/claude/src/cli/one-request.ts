import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { isBefore } from "./version.ts";

/** Tried here; 2.0.74 takes the option, and then leaves out the end of the message. */
const firstWithBudget = "2.1.90";
/** US dollars: less than any answer costs. */
const leastBudget = "0.000000001";
/** The kind of result with which such a run ends. */
export const budgetIsSpent = "error_max_budget_usd";

/**
 * Whether a budget holds the run to one request: by itself the CLI asks on, up to three times, after
 * a message that was cut at its bound of tokens (anthropics/claude-code#24055), and no switch keeps
 * it from that. A budget that the first answer spends does. With a schema it would cut off the end
 * of the message, for there the CLI looks at it before.
 */
export function isHeldToOne({ schema }: CanonicalRequest, version: string | undefined): boolean {
  return schema === undefined && version !== undefined && !isBefore(version, firstWithBudget);
}

export function budgetOf(request: CanonicalRequest, version: string | undefined): string[] {
  return isHeldToOne(request, version) ? ["--max-budget-usd", leastBudget] : [];
}
