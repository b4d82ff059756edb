import type { Part } from "../contract/part.ts";
import { DualModeError } from "../error.ts";
import { foldParts } from "./fold-parts.ts";
import type { Origin, OriginalAnswer } from "./origin.ts";
import { tellsOfSecret } from "./secret-in-answer.ts";

/** What the cache keeps of an answer: its parts, and behind them how it came about. */
export type KeptPart = Part | Origin;

/**
 * What is kept of a part: not the pieces of a call's arguments, for the call is; nor limits, which are
 * the moment's; and of how it came about what was so, without its times.
 */
export function keptPart(part: KeptPart): KeptPart | undefined {
  if (part.type === "tool-input" || part.type === "limits") return undefined;
  if (part.type !== "origin") return part;
  const { type, mode, ignored, attempts } = part;
  const { provider, model } = attempts.at(-1) ?? {};
  const answered = provider && model ? [{ provider, mode, model, credential: "none", ms: 0 }] : [];
  return { type, mode, fallback: false, ignored, attempts: answered };
}

/** Takes a kept list apart. */
export function splitKept(kept: readonly KeptPart[]): OriginalAnswer {
  const origin = kept.at(-1);
  if (origin?.type !== "origin") {
    throw new DualModeError("INVALID_OUTPUT", "The cached answer does not say where it came from.");
  }
  return { origin, parts: kept.slice(0, -1) as readonly Part[] };
}

/** What a caller is shown of a kept answer: whom its warnings concerned is another. */
export function shownParts(kept: readonly KeptPart[]): readonly Part[] {
  return kept.filter((part): part is Part => part.type !== "origin" && part.type !== "warning");
}

/** Only a clean, complete answer to the whole request is worth keeping; one with a secret is not. */
export function isWorthKeeping(kept: readonly KeptPart[]): boolean {
  const { origin, parts } = splitKept(kept);
  const { finishReason } = foldParts(parts);
  const isWhole = finishReason === "stop" || finishReason === "tool-calls";
  return isWhole && origin.ignored.length === 0 && !tellsOfSecret(parts);
}
