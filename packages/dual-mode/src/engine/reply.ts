import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import type { Call } from "./call.ts";
import { answerObject } from "./check-answer.ts";
import { costOf } from "./cost.ts";
import { foldParts } from "./fold-parts.ts";
import { type KeptPart, splitKept } from "./kept-parts.ts";
import type { OriginalAnswer } from "./origin.ts";

/** The reply of a call that was made. */
export async function freshReply<Options extends object>(
  call: Call<Options>,
  { origin, parts }: OriginalAnswer,
  cid?: string,
): Promise<Reply> {
  const { mode, fallback, attempts } = origin;
  const folded = await foldedReply(call, parts);
  const cost = costOf(folded.usage, call.prices[folded.model]);
  const known = { ...(cost && { cost }), ...(cid && { cid }) };
  return { ...folded, mode, fallback, attempts, cached: false, ...known };
}

/** Replays what the cache has kept, and gives its reply. */
export async function* cachedReply<Options extends object>(
  call: Call<Options>,
  kept: readonly KeptPart[],
  cid: string,
): AsyncGenerator<Part, Reply> {
  const { origin, parts: all } = splitKept(kept);
  const parts = all.filter(({ type }) => type !== "warning");
  call.report({ type: "cache", cid, hit: true });
  if (!call.hold) yield* parts;
  const folded = await foldedReply(call, parts);
  return { ...folded, mode: origin.mode, fallback: false, attempts: [], cached: true, cid };
}

async function foldedReply<Options extends object>(
  { provider, request, schema }: Call<Options>,
  parts: readonly Part[],
) {
  const { model, reasoning, usage, ...whole } = foldParts(parts);
  const checked = schema !== undefined && whole.finishReason === "stop";
  return {
    ...whole,
    provider: provider.id,
    model: model ?? request.model,
    ...(reasoning && { reasoning }),
    ...(usage && { usage }),
    ...(checked && { object: await answerObject(whole.text, schema) }),
  };
}
