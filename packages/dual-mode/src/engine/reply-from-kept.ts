import type { Reply } from "../contract/reply.ts";
import type { Writable } from "../writable.ts";
import { type FoldedParts, foldParts } from "./fold-parts.ts";
import type { KeptPart } from "./kept-parts.ts";
import type { Origin } from "./origin.ts";

/** The provider and model of a call. */
export interface Asked {
  readonly provider: string;
  readonly model: string;
}

/**
 * Returns the reply of a cached answer that needs no check; undefined if the entry has no origin.
 */
export function keptReply(asked: Asked, kept: readonly KeptPart[], cid: string): Reply | undefined {
  const origin = kept.at(-1);
  if (origin?.type !== "origin") return undefined;
  const reply: Writable<Reply> = wholeAnswer(asked, kept) as Reply;
  reply.mode = origin.mode;
  reply.fallback = false;
  reply.attempts = [];
  reply.cached = true;
  reply.cid = cid;
  reply.warnings = [];
  return reply;
}

/** Returns the members of a reply that say that it came from the cache. */
export function fromCache(
  { mode }: Origin,
  cid: string,
): Pick<Reply, "mode" | "fallback" | "attempts" | "cached" | "cid"> {
  return { mode, fallback: false, attempts: [], cached: true, cid };
}

export type WholeAnswer = Pick<FoldedParts, "text" | "content" | "toolCalls" | "sources"> &
  Pick<FoldedParts, "finishReason" | "warnings"> &
  Pick<Reply, "id" | "provider" | "model" | "reasoning" | "usage" | "limits"> &
  Pick<Reply, "vendorReason" | "stopSequence">;

/**
 * Folds the parts into one answer. If the vendor names no model, it is the requested one. Each
 * member is set by name, because a spread costs a cache hit more than looking up the entry.
 */
export function wholeAnswer(
  { provider, model: asked }: Asked,
  parts: readonly KeptPart[],
): WholeAnswer {
  const folded = foldParts(parts);
  const { id, text, content, toolCalls, sources, finishReason, warnings, model = asked } = folded;
  const { reasoning, usage, limits, vendorReason, stopSequence } = folded;
  const answer: Writable<WholeAnswer> = {
    text,
    content,
    toolCalls,
    provider,
    model,
    finishReason,
    sources,
    warnings,
  };
  if (id) answer.id = id;
  if (reasoning) answer.reasoning = reasoning;
  if (usage) answer.usage = usage;
  if (vendorReason) answer.vendorReason = vendorReason;
  if (stopSequence) answer.stopSequence = stopSequence;
  if (limits) answer.limits = limits;
  return answer;
}
