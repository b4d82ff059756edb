import { CacheError, type ResponseCache } from "@acc/cache";
import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import { DualModeError } from "../error.ts";
import type { Call } from "./call.ts";
import type { KeptPart } from "./kept-parts.ts";
import { answerOf } from "./origin.ts";
import { cachedReply, freshReply } from "./reply.ts";
import { runRoutes } from "./run-routes.ts";
import { runShared } from "./run-shared.ts";

/** Which cache a call uses, and how. */
export interface CacheAccess {
  readonly store: ResponseCache | undefined;
  readonly policy: "default" | "refresh" | "only" | "off";
  readonly tenant: string | undefined;
}

/**
 * The life of a call after its request is checked: cache, flight, routes, reply.
 * @throws {@link DualModeError}
 */
export async function* runCall<Options extends object>(
  call: Call<Options>,
  access: CacheAccess,
): AsyncGenerator<Part, Reply> {
  const started = performance.now();
  const reply = yield* answerCall(call, access);
  call.report({ type: "reply", reply, ms: Math.round(performance.now() - started) });
  return reply;
}

async function* answerCall<Options extends object>(
  call: Call<Options>,
  { store, policy, tenant }: CacheAccess,
): AsyncGenerator<Part, Reply> {
  if (store === undefined && policy === "only") throw notCached();
  if (store === undefined || policy === "off") {
    return freshReply(call, answerOf(yield* runRoutes(call)));
  }
  const { cid, obstacle } = cidOf(call, store);
  if (policy === "only") {
    const hit = cid && (await store.get<readonly KeptPart[]>(cid, { tenant }));
    if (!hit) throw notCached();
    return yield* cachedReply(call, hit.value, cid);
  }
  if (cid !== undefined) {
    return yield* runShared(call, { store, cid, tenant, refresh: policy === "refresh" });
  }
  const notice = { code: "NOT_CACHEABLE", message: obstacle ?? "" } as const;
  return freshReply(call, answerOf(yield* runRoutes({ ...call, notices: [notice] })));
}

/** The request's CID, or what keeps it from having one. */
function cidOf<Options extends object>(
  { provider, baseUrl, request, options }: Call<Options>,
  store: ResponseCache,
): { readonly cid?: string; readonly obstacle?: string } {
  try {
    const endpoint = baseUrl ?? provider.id;
    const own = Object.keys(options).length > 0 ? { options } : {};
    return { cid: store.key({ provider: provider.id, endpoint, ...own, ...request }) };
  } catch (error) {
    if (!CacheError.is(error)) throw error;
    return { obstacle: error.message };
  }
}

function notCached(): DualModeError {
  return new DualModeError("NOT_CACHED", "The cache has no answer to this request.", {
    fix: 'Call without cache: "only" to ask the model.',
  });
}
