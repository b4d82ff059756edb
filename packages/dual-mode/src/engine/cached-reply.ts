import type { CacheEntry } from "@acc/cache";
import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import type { Call } from "./call.ts";
import { foldedReply } from "./folded-reply.ts";
import { type KeptPart, shownParts, splitKept } from "./kept-parts.ts";
import { fromCache } from "./reply-from-kept.ts";

/**
 * Replays a cached answer, and returns its reply.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT`, before any part, if it does not fit this call's
 * schema
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
