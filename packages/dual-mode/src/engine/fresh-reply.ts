import type { Reply } from "../contract/reply.ts";
import type { Call } from "./call.ts";
import { isFreeText } from "./check-fresh-answer.ts";
import { costOf } from "./cost.ts";
import { foldedReply } from "./folded-reply.ts";
import type { OriginalAnswer } from "./origin.ts";

/** How a reply reached its caller. */
export interface Delivery {
  readonly cid?: string;
  /** Whether another caller made the call, and is billed for it. */
  readonly joined?: boolean;
}

/** Returns the reply of a call that was not answered from the cache. */
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
