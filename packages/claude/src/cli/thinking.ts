import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { thinkingOff, thinksByBudget, toBudget, toEffort } from "../effort.ts";

/** The options of a run that control thinking. */
export interface ThinkingOptions {
  readonly args: readonly string[];
  /** The value of MAX_THINKING_TOKENS; absent if the effort is enough. */
  readonly budget?: string;
  /** The member `thinking` of the body that the CLI sends. */
  readonly thinking?: object;
}

/**
 * Returns an effort, or a budget for the models for which the CLI uses a fixed one whatever the
 * effort. Without a setting thinking is turned off, as with "none", because the CLI would turn it
 * on. With the 5.5 models the CLI ignores a budget of 0 (seen in 2.1.330), and older versions turn
 * it into a value that the API refuses, so the API's own option is added to the body. If thinking
 * cannot be turned off, the lowest effort is used.
 */
export function toThinkingOptions({ model, reasoning }: CanonicalRequest): ThinkingOptions {
  const thinks = reasoning !== undefined && reasoning !== "none";
  if (thinksByBudget(model)) {
    return { args: [], budget: thinks ? `${toBudget(reasoning)}` : "0" };
  }
  if (thinks) return { args: ["--effort", toEffort(model, reasoning)] };
  const thinking = thinkingOff(model);
  return {
    args: thinking === undefined && reasoning === "none" ? ["--effort", "low"] : [],
    budget: "0",
    ...(thinking && { thinking }),
  };
}
