import type { ResponseCache } from "@acc/cache";
import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import type { Call } from "./call.ts";
import { joinParts } from "./fold-parts.ts";
import { isWorthKeeping, type KeptPart } from "./kept-parts.ts";
import { answerOf } from "./origin.ts";
import { cachedReply, freshReply } from "./reply.ts";
import { runRoutes } from "./run-routes.ts";
import type { Sharing } from "./run-shared.ts";

/** Answers from the cache, or by a call of its own whose answer is kept only if it left nothing out. */
export async function* runAlone<Options extends object>(
  call: Call<Options>,
  store: ResponseCache,
  cid: string,
  { tenant, refresh }: Sharing,
): AsyncGenerator<Part, Reply> {
  const hit = refresh ? undefined : await store.get<readonly KeptPart[]>(cid, { tenant });
  if (hit !== undefined) return yield* cachedReply(call, hit.value, cid);
  call.report({ type: "cache", cid, hit: false });
  const answer = answerOf(yield* runRoutes(call));
  const kept = [...joinParts(answer.parts), answer.origin];
  if (isWorthKeeping(kept)) await store.set(cid, kept, { tenant });
  return freshReply(call, answer, cid);
}
