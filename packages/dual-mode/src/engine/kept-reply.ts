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
  return { ...wholeAnswer(asked, kept), ...fromCache(origin, cid), warnings: [] };
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
  const { model = asked, id, reasoning, usage, limits, vendorReason, ...rest } = foldParts(parts);
  return {
    ...(id && { id }),
    ...rest,
    provider,
    model,
    ...(reasoning && { reasoning }),
    ...(usage && { usage }),
    ...(limits && { limits }),
    ...(vendorReason && { vendorReason }),
  };
}
