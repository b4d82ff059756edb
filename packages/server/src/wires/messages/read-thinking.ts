import type { ReasoningLevel } from "@acc/dual-mode";
import { isMembers } from "../body/guards.ts";
import { levelOfBudget } from "../body/thinking-budget.ts";
import type { MessagesBody } from "./messages-form.ts";

const levels: ReadonlySet<unknown> = new Set(["low", "medium", "high", "xhigh", "max"]);

/** Reads how much the model is to think, from the effort or from a budget of tokens. */
export function readThinking(body: MessagesBody): { readonly reasoning?: ReasoningLevel } {
  const { thinking, output_config: config } = body;
  const effort = isMembers(config) && levels.has(config.effort) ? config.effort : undefined;
  const level = levelOf(thinking, effort as ReasoningLevel | undefined);
  return level === undefined ? {} : { reasoning: level };
}

/** Whether the program asks for thoughts: one that does not would read the first block as text. */
export function wantsThoughts({ thinking }: MessagesBody): boolean {
  return thinking?.type === "enabled" || thinking?.type === "adaptive";
}

function levelOf(
  thinking: MessagesBody["thinking"],
  effort: ReasoningLevel | undefined,
): ReasoningLevel | undefined {
  if (thinking?.type === "disabled") return "none";
  if (effort !== undefined) return effort;
  if (thinking?.type === "adaptive") return "high";
  if (thinking?.type !== "enabled") return undefined;
  return levelOfBudget(Number(thinking.budget_tokens));
}
