import type { CanonicalRequest } from "../contract/canonical.ts";
import type { ReasoningLevel } from "../contract/request.ts";
import { nearestLevel } from "./nearest-level.ts";

/** The levels of reasoning that a server accepts: for all its models, or by the model's name. */
export type ReasoningLevels =
  | readonly [ReasoningLevel, ...ReasoningLevel[]]
  | ((model: string) => readonly [ReasoningLevel, ...ReasoningLevel[]]);

/** Returns the requested level, or the nearest one that the server accepts. */
export function toReasoningEffort(
  { model, reasoning }: Pick<CanonicalRequest, "model" | "reasoning">,
  levels?: ReasoningLevels,
): ReasoningLevel | undefined {
  if (reasoning === undefined || levels === undefined) return reasoning;
  return nearestLevel(reasoning, typeof levels === "function" ? levels(model) : levels);
}
