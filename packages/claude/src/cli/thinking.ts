import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { thinkingOff, thinksByBudget, toBudget, toEffort } from "../effort.ts";

/** What of a run says how long the model thinks. */
export interface ThinkingOptions {
  readonly args: readonly string[];
  /** Of MAX_THINKING_TOKENS; absent where the effort says it all. */
  readonly budget?: string;
  /** A member of the body that the CLI sends. */
  readonly thinking?: object;
}

/**
 * By an effort, or by a budget of those models for which the CLI has a fixed one whatever the effort.
 * Without a wish nobody thinks, as with "none": the CLI would have the model think. A budget of 0 the
 * CLI does not obey with the models of 5.5 (seen in 2.1.330), and turns into a refused word in older
 * versions: so it is laid into the body what the API wants. One that cannot be kept from thinking is
 * asked for its least.
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
