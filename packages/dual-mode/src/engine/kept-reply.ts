import type { Reply } from "../contract/reply.ts";
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
  // One spread and the members by name: several spreads cost a hit more than its look into the cache.
  return {
    ...wholeAnswer(asked, kept),
    mode: origin.mode,
    fallback: false,
    attempts: [],
    cached: true,
    cid,
    warnings: [],
  };
}

/** What a reply says of how it came, where the cache had it. */
export function fromCache(
  { mode }: Origin,
  cid: string,
): Pick<Reply, "mode" | "fallback" | "attempts" | "cached" | "cid"> {
  return { mode, fallback: false, attempts: [], cached: true, cid };
}

type WholeAnswer = Pick<FoldedParts, "text" | "content" | "toolCalls" | "sources"> &
  Pick<FoldedParts, "finishReason" | "warnings"> &
  Pick<Reply, "id" | "provider" | "model" | "reasoning" | "usage" | "limits" | "vendorReason">;

/** The parts as one answer; the model is the one that was asked for where the vendor names none. */
export function wholeAnswer(
  { provider, model: asked }: Asked,
  parts: readonly KeptPart[],
): WholeAnswer {
  const folded = foldParts(parts);
  const { id, text, content, toolCalls, sources, finishReason, warnings, model = asked } = folded;
  const { reasoning, usage, limits, vendorReason } = folded;
  const said = { text, content, toolCalls, sources, finishReason, warnings, provider, model };
  const answer: { -readonly [Member in keyof WholeAnswer]: WholeAnswer[Member] } = id
    ? { id, ...said }
    : said;
  if (reasoning) answer.reasoning = reasoning;
  if (usage) answer.usage = usage;
  if (limits) answer.limits = limits;
  if (vendorReason) answer.vendorReason = vendorReason;
  return answer;
}
