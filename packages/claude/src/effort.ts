import { nearestLevel, type ReasoningLevel } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";

type Effort = "low" | "medium" | "high" | "xhigh" | "max";

/**
 * Returns the effort closest to the level, among those that the model accepts.
 * https://platform.claude.com/docs/en/build-with-claude/effort
 */
export function toEffort(model: string, reasoning: ReasoningLevel): Effort {
  const hasXhigh = !/-4-[1-6](-|$)|-mythos-preview(-|$)/.test(model);
  if (!hasXhigh) return nearestLevel(reasoning, ["low", "medium", "high", "max"]);
  return nearestLevel(reasoning, ["low", "medium", "high", "xhigh", "max"]);
}

/**
 * Returns the option that turns off thinking, if the model has one: each model accepts only its
 * own, and refuses the others (iyulab/ironhive 0.78.0, elgorro/aiquila#410,
 * stdapi-ai/stdapi.ai#284).
 */
export function thinkingOff(model: string): Anthropic.ThinkingConfigParam | undefined {
  if (/-sonnet-5-5(-|$)/.test(model)) return { type: "between_tools" };
  const takesDisabled = /-4-[6-8](-|$)|-(opus|sonnet)-5(-\d{6,}|$)|-haiku-5-5(-|$)/.test(model);
  return takesDisabled ? { type: "disabled" } : undefined;
}

/**
 * Thinking budgets in tokens for the models before adaptive thinking; the API's minimum is 1024.
 */
const budgets = { low: 1024, medium: 8192, high: 16_384, xhigh: 24_576, max: 32_768 } as const;

export function toBudget(reasoning: ReasoningLevel): number {
  return budgets[nearestLevel(reasoning, ["low", "medium", "high", "xhigh", "max"])];
}

/**
 * Whether a model thinks by a budget. Models up to 4.5 do; without one they refuse requests that
 * contain thoughts.
 */
export function thinksByBudget(model: string): boolean {
  return /-4-5(-|$)/.test(model);
}
