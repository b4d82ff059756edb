import type { Part } from "../contract/part.ts";
import { DualModeError } from "../error.ts";
import { foldParts } from "./fold-parts.ts";
import type { Origin, OriginalAnswer } from "./origin.ts";
import { tellsOfSecret } from "./secret-in-answer.ts";

/** A part that the cache stores of an answer, or the origin that follows the parts. */
export type KeptPart = Part | Origin;

/**
 * Returns the form in which a part is cached, if it is. Pieces of a call's arguments are left out,
 * because the whole call is stored, and so are limits, which apply only at the moment. Of the
 * origin only what is still true later is stored, without its times.
 */
export function keptPart(part: KeptPart): KeptPart | undefined {
  if (part.type === "tool-input" || part.type === "limits") return undefined;
  if (part.type !== "origin") return part;
  const { type, mode, ignored, attempts } = part;
  const { provider, model } = attempts.at(-1) ?? {};
  const answered = provider && model ? [{ provider, mode, model, credential: "none", ms: 0 }] : [];
  return { type, mode, fallback: false, ignored, attempts: answered };
}

/** Splits a cached list into parts and origin. */
export function splitKept(kept: readonly KeptPart[]): OriginalAnswer {
  const origin = kept.at(-1);
  if (origin?.type !== "origin") {
    throw new DualModeError("INVALID_OUTPUT", "The cached answer does not say where it came from.");
  }
  return { origin, parts: kept.slice(0, -1) as readonly Part[] };
}

/**
 * Returns the parts of a cached answer that a caller is shown, without warnings, which concerned
 * another caller.
 */
export function shownParts(kept: readonly KeptPart[]): readonly Part[] {
  return kept.filter((part): part is Part => part.type !== "origin" && part.type !== "warning");
}

/**
 * Whether an answer may be cached: only a clean, complete answer to the whole request, without a
 * secret.
 */
export function isWorthKeeping(kept: readonly KeptPart[]): boolean {
  const { origin, parts } = splitKept(kept);
  const { finishReason } = foldParts(parts);
  const isWhole = finishReason === "stop" || finishReason === "tool-calls";
  return isWhole && origin.ignored.length === 0 && !tellsOfSecret(parts);
}
