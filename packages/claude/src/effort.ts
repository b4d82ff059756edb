import { nearestLevel, type ReasoningLevel } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";

type Effort = "low" | "medium" | "high" | "xhigh" | "max";

/**
 * How hard a model that thinks by an effort works, of the efforts that it takes.
 * https://platform.claude.com/docs/en/build-with-claude/effort
 */
export function toEffort(model: string, reasoning: ReasoningLevel): Effort {
  const hasXhigh = !/-4-[1-6](-|$)|-mythos-preview(-|$)/.test(model);
  if (!hasXhigh) return nearestLevel(reasoning, ["low", "medium", "high", "max"]);
  return nearestLevel(reasoning, ["low", "medium", "high", "xhigh", "max"]);
}

/**
 * What keeps a model from thinking, where anything does: each takes its own way, and refuses the
 * others (iyulab/ironhive 0.78.0, elgorro/aiquila#410, stdapi-ai/stdapi.ai#284).
 */
export function thinkingOff(model: string): Anthropic.ThinkingConfigParam | undefined {
  if (/-sonnet-5-5(-|$)/.test(model)) return { type: "between_tools" };
  const takesDisabled = /-4-[6-8](-|$)|-(opus|sonnet)-5(-\d{6,}|$)|-haiku-5-5(-|$)/.test(model);
  return takesDisabled ? { type: "disabled" } : undefined;
}

/** Tokens that the models before adaptive thinking may think for; the API's least is 1024. */
const budgets = { low: 1024, medium: 8192, high: 16_384, xhigh: 24_576, max: 32_768 } as const;

export function toBudget(reasoning: ReasoningLevel): number {
  return budgets[nearestLevel(reasoning, ["low", "medium", "high", "xhigh", "max"])];
}

/** The models up to 4.5 do, and refuse thoughts in a request that does not let them think. */
export function thinksByBudget(model: string): boolean {
  return /-4-5(-|$)/.test(model);
}
