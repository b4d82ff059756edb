import { type CanonicalRequest, nearestLevel } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import type { Param } from "./messages.ts";

type Reasoning = CanonicalRequest["reasoning"];

interface Thinking {
  readonly effort?: "low" | "medium" | "high";
  readonly thinking?: Anthropic.ThinkingConfigParam;
}

/** Tokens that the models before adaptive thinking may think for; the API's least is 1024. */
const budgets = { low: 1024, medium: 8192, high: 16_384 } as const;

/** Models that think by no budget decide themselves, led by an effort. */
export function toThinking(
  model: string,
  reasoning: Reasoning,
  maxTokens: number,
  messages: readonly Param[] = [],
): Thinking {
  if (reasoning === undefined) return {};
  const level = nearestLevel(reasoning, ["low", "medium", "high"]);
  if (!thinksByBudget(model)) {
    return { effort: level, thinking: { type: "adaptive", display: "summarized" } };
  }
  if (callsWithoutThought(messages)) return {};
  const budget = Math.max(1024, Math.min(budgets[level], maxTokens - 1024));
  return { thinking: { type: "enabled", budget_tokens: budget } };
}

/** The models up to 4.5 do, and refuse thoughts in a request that does not let them think. */
export function thinksByBudget(model: string): boolean {
  return /-4-5(-|$)/.test(model);
}

/**
 * By a budget Claude thinks over the results of calls only where it sees the thought behind them:
 * without one at the beginning of the calls' turn the API refuses the request.
 */
function callsWithoutThought(messages: readonly Param[]): boolean {
  const content = messages.findLast(({ role }) => role === "assistant")?.content;
  if (!Array.isArray(content) || !content.some(({ type }) => type === "tool_use")) return false;
  return content[0]?.type !== "thinking" && content[0]?.type !== "redacted_thinking";
}
