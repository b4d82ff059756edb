import type { ReasoningLevel } from "@acc/dual-mode";
import { levelOfBudget } from "../body/thinking-budget.ts";
import { effortOf, type SaidEffort } from "../openai/effort.ts";
import type { ChatBody } from "./chat-form.ts";

/**
 * Reads how much the model is to think. Programs made for other servers of this wire say so in
 * other members: `reasoning` is OpenRouter's, `thinking` DeepSeek's and Z.ai's.
 */
export function readReasoning(body: ChatBody): ReasoningLevel | undefined {
  const { reasoning_effort: said, reasoning, thinking } = body;
  const level = effortOf(said) ?? effortOf(reasoning?.effort as SaidEffort | undefined);
  if (level !== undefined) return level;
  if (reasoning?.enabled === false || thinking?.type === "disabled") return "none";
  const budget = reasoning?.max_tokens ?? thinking?.budget_tokens;
  return typeof budget === "number" ? levelOfBudget(budget) : undefined;
}
