import { nearestLevel, type ReasoningLevel } from "@acc/dual-mode/provider";

/**
 * Whether a model thinks before it answers. Such models refuse sampling parameters, and return
 * their thoughts encrypted; other models refuse a request for encrypted thoughts.
 * https://platform.openai.com/docs/guides/reasoning
 */
export function isReasoningModel(model: string): boolean {
  return /^(o\d|codex-|gpt-([5-9]|\d\d))/.test(model) && !/^gpt-5(\.\d)?-chat/.test(model);
}

type Levels = readonly [ReasoningLevel, ...ReasoningLevel[]];
const offered: readonly (readonly [RegExp, Levels])[] = [
  [/^(o\d|codex-)/, ["low", "medium", "high"]],
  [/-pro(-|$)/, ["medium", "high", "xhigh"]],
  [/^gpt-5(-|$)/, ["minimal", "low", "medium", "high"]],
  [/^gpt-5\.1-codex-max/, ["none", "low", "medium", "high", "xhigh"]],
  [/^gpt-5\.1(-|$)/, ["none", "low", "medium", "high"]],
  [/^gpt-5\.[2-5](-|$)/, ["none", "low", "medium", "high", "xhigh"]],
];
/** For gpt-5.6 and later. */
const latest: Levels = ["none", "low", "medium", "high", "xhigh", "max"];

/** Returns the effort closest to the level, among those that the model accepts. */
export function toEffort(model: string, asked: ReasoningLevel): ReasoningLevel {
  const known = offered.find(([models]) => models.test(model));
  return nearestLevel(asked, known?.[1] ?? latest);
}
