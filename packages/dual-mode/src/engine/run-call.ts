import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import { DualModeError } from "../error.ts";
import type { CacheAccess } from "./cache-access.ts";
import { cachedReply } from "./cached-reply.ts";
import type { Call } from "./call.ts";
import { freshReply } from "./fresh-reply.ts";
import type { KeptPart } from "./kept-parts.ts";
import { answerOf } from "./origin.ts";
import { runRoutes } from "./run-routes.ts";
import { runShared } from "./run-shared.ts";

/**
 * Runs a call after its request is checked: cache, shared flight, routes, reply.
 *
 * @throws {@link DualModeError}
 */
export async function* runCall<Options extends object>(
  call: Call<Options>,
  { store, policy, tenant, label, cid, obstacle }: CacheAccess,
): AsyncGenerator<Part, Reply> {
  if (store === undefined && policy === "only") throw notCached();
  if (store === undefined || policy === "off") {
    return freshReply(call, answerOf(yield* runRoutes(call)));
  }
  if (policy === "only") {
    const hit = cid && (await store.get<readonly KeptPart[]>(cid, { tenant, label }));
    if (!hit) throw notCached();
    return yield* cachedReply(call, hit, cid);
  }
  if (cid !== undefined) {
    return yield* runShared(call, { store, cid, tenant, label, refresh: policy === "refresh" });
  }
  if (store.recording === "replay") throw notRecorded(obstacle);
  const notice = { code: "NOT_CACHEABLE", message: obstacle ?? "" } as const;
  return freshReply(call, answerOf(yield* runRoutes({ ...call, notices: [notice] })));
}

function notCached(): DualModeError {
  return new DualModeError("NOT_CACHED", "The cache has no answer to this request.", {
    fix: 'Call without cache: "only" to ask the model.',
  });
}

function notRecorded(obstacle = ""): DualModeError {
  return new DualModeError("NOT_CACHED", `The request can have no recording. ${obstacle}`, {
    fix: "Send what can be recorded, or test it without recordings.",
  });
}
