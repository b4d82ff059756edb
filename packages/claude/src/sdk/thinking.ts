import type { CanonicalRequest } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import { thinkingOff, thinksByBudget, toBudget, toEffort } from "../effort.ts";
import type { Param } from "./messages.ts";

type Reasoning = CanonicalRequest["reasoning"];

interface Thinking {
  readonly effort?: ReturnType<typeof toEffort>;
  readonly thinking?: Anthropic.ThinkingConfigParam;
}

/**
 * Returns the thinking options of a model. A model without budgets decides by itself how much to
 * think, guided by an effort. If thinking cannot be turned off, the lowest effort is used.
 */
export function toThinking(
  model: string,
  reasoning: Reasoning,
  maxTokens: number,
  messages: readonly Param[] = [],
): Thinking {
  if (reasoning === undefined) return {};
  if (!thinksByBudget(model)) {
    const off = reasoning === "none" ? thinkingOff(model) : undefined;
    if (off !== undefined) return { thinking: off };
    const thinking = { type: "adaptive", display: "summarized" } as const;
    return { effort: toEffort(model, reasoning), thinking };
  }
  if (reasoning === "none" || callsWithoutThought(messages)) return {};
  const budget = Math.max(1024, Math.min(toBudget(reasoning), maxTokens - 1024));
  return { thinking: { type: "enabled", budget_tokens: budget } };
}

/** Whether a model thinks with this setting, and so is sent its earlier thoughts. */
export function thinks(model: string, reasoning: Reasoning): boolean {
  if (thinksByBudget(model)) return reasoning !== undefined && reasoning !== "none";
  return reasoning !== "none" || thinkingOff(model) === undefined;
}

/**
 * Whether the last turn has calls but does not begin with a thought. With a budget, Claude thinks
 * about the results of calls only if it sees the thought before them; without one the API refuses
 * the request.
 */
function callsWithoutThought(messages: readonly Param[]): boolean {
  const content = messages.findLast(({ role }) => role === "assistant")?.content;
  if (!Array.isArray(content) || !content.some(({ type }) => type === "tool_use")) return false;
  return content[0]?.type !== "thinking" && content[0]?.type !== "redacted_thinking";
}
