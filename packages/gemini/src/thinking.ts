import { nearestLevel, type ReasoningLevel } from "@acc/dual-mode/provider";

type Offered = readonly [ReasoningLevel, ...ReasoningLevel[]];

/** Models that refuse a thinkingConfig because they do not think. */
export const thoughtless: RegExp = /gemini-(1|2\.0)|gemma-[1-3]|learnlm/;

/**
 * The levels that models after 2.5 accept. The first matching row applies; the last row contains
 * the levels that nearly all accept. Thinking cannot be turned off in any of them.
 * https://ai.google.dev/gemini-api/docs/thinking, earendil-works/pi#2812, iyulab/ironhive 0.78.0
 */
const levels: readonly (readonly [RegExp, Offered])[] = [
  [/gemma-4/, ["minimal", "high"]],
  [/gemini-3-pro/, ["low", "high"]],
  [/gemini-3(\.[0-6])?-flash/, ["minimal", "low", "medium", "high"]],
  [/gemini-4-hydrogen/, ["low", "medium", "high", "xhigh"]],
  [/./, ["low", "medium", "high"]],
];

/**
 * Thinking budgets of the 2.5 models in tokens; 0 turns thinking off in all but Pro
 * (vercel/ai#8027).
 */
const budgets = {
  none: 0,
  minimal: 512,
  low: 1024,
  medium: 8192,
  high: 24_576,
  xhigh: 24_576,
  max: 24_576,
} as const;
const proBudgets = { ...budgets, none: 128, xhigh: 32_768, max: 32_768 } as const;

/** Returns the thinking options; undefined if the model does not think. */
export function toThinking(model: string, reasoning: ReasoningLevel): object | undefined {
  if (thoughtless.test(model)) return undefined;
  const shown = reasoning !== "none" && { includeThoughts: true };
  if (/-2\.5-/.test(model)) {
    const byLevel = model.includes("-pro") ? proBudgets : budgets;
    return { ...shown, thinkingBudget: byLevel[reasoning] };
  }
  const [, offered] = levels.find(([models]) => models.test(model)) ?? [/./, ["low"] as Offered];
  return { ...shown, thinkingLevel: nearestLevel(reasoning, offered) };
}
