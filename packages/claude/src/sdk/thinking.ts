import type { CanonicalRequest } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";

type Reasoning = CanonicalRequest["reasoning"];

interface Thinking {
  readonly effort?: "low" | "medium" | "high";
  readonly thinking?: Anthropic.ThinkingConfigParam;
}

/** Tokens that the models before adaptive thinking may think for; the API's least is 1024. */
const budgets = { low: 1024, medium: 8192, high: 16_384 } as const;

/** The models up to 4.5 think by a budget; the later ones decide themselves, led by an effort. */
export function toThinking(model: string, reasoning: Reasoning, maxTokens: number): Thinking {
  if (reasoning === undefined) return {};
  if (!/-4-5(-|$)/.test(model)) {
    return { effort: reasoning, thinking: { type: "adaptive", display: "summarized" } };
  }
  const budget = Math.max(1024, Math.min(budgets[reasoning], maxTokens - 1024));
  return { thinking: { type: "enabled", budget_tokens: budget } };
}
