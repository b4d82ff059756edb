import type { CacheEntry } from "@acc/cache";
import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import { answerObject } from "./answer-object.ts";
import type { Call } from "./call.ts";
import { isFreeText } from "./check-answer.ts";
import { costOf } from "./cost.ts";
import { type KeptPart, shownParts, splitKept } from "./kept-parts.ts";
import type { OriginalAnswer } from "./origin.ts";
import { fromCache, wholeAnswer } from "./reply-from-kept.ts";
import { unlessAborted } from "./timers.ts";

/** How a reply came to its caller. */
export interface Delivery {
  readonly cid?: string;
  /** Another caller made the call, and pays for it. */
  readonly joined?: boolean;
}

/** The reply of a call that was made. */
export async function freshReply<Options extends object>(
  call: Call<Options>,
  { origin, parts }: OriginalAnswer,
  { cid, joined = false }: Delivery = {},
): Promise<Reply> {
  const { mode, fallback, attempts } = origin;
  const folded = await foldedReply(call, parts, !isFreeText(origin.ignored));
  const cost = joined ? undefined : costOf(call, folded.usage, folded.model);
  const reply: { -readonly [Member in keyof Reply]: Reply[Member] } = {
    ...folded,
    mode,
    fallback,
    attempts: [...attempts],
    cached: false,
  };
  if (cost) reply.cost = cost;
  if (cid) reply.cid = cid;
  if (joined) reply.joined = true;
  if (attempts.at(-1)?.warm) reply.warm = true;
  return call.replied(reply, joined);
}

/**
 * Replays what the cache has kept, and gives its reply.
 * @throws {@link DualModeError} `INVALID_OUTPUT`, before any part, where it does not pass this call's schema
 */
export async function* cachedReply<Options extends object>(
  call: Call<Options>,
  { value: kept, storedAt }: Pick<CacheEntry<readonly KeptPart[]>, "value" | "storedAt">,
  cid: string,
): AsyncGenerator<Part, Reply> {
  const { origin } = splitKept(kept);
  const parts = shownParts(kept);
  const folded = await foldedReply(call, parts, true);
  call.report({ type: "cache", cid, hit: true, storedAt });
  if (!call.hold) yield* parts;
  return call.replied({ ...folded, ...fromCache(origin, cid) });
}

async function foldedReply<Options extends object>(
  { provider, request, schema, signal }: Call<Options>,
  parts: readonly Part[],
  withObject: boolean,
) {
  const folded = wholeAnswer({ provider: provider.name, model: request.model }, parts);
  if (!withObject || schema === undefined || folded.finishReason !== "stop") return folded;
  return { ...folded, object: await unlessAborted(signal, answerObject(folded.text, schema)) };
}
