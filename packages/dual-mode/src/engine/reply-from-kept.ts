import type { Reply } from "../contract/reply.ts";
import type { Writable } from "../writable.ts";
import { type FoldedParts, foldParts } from "./fold-parts.ts";
import type { KeptPart } from "./kept-parts.ts";
import type { Origin } from "./origin.ts";

/** Whom a call asks. */
export interface Asked {
  readonly provider: string;
  readonly model: string;
}

/** The reply of a kept answer that needs no check; undefined where it is not one. */
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

/** What a reply says of how it came, where the cache had it. */
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
 * The parts as one answer; the model is the one that was asked for where the vendor names none. Each
 * member is set by name: to spread as many costs a hit more than its look into the cache.
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
