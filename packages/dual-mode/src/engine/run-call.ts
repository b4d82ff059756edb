import { CacheError, type ResponseCache } from "@acc/cache";
import type { Part } from "../contract/part.ts";
import type { Mode } from "../contract/provider.ts";
import type { Reply } from "../contract/reply.ts";
import { DualModeError } from "../error.ts";
import type { Call } from "./call.ts";
import { answerObject } from "./check-answer.ts";
import { foldParts, joinParts } from "./fold-parts.ts";
import { type Answer, runRoutes } from "./run-routes.ts";

/** Which cache a call uses, and how. */
export interface CacheAccess {
  readonly store: ResponseCache | undefined;
  readonly policy: "default" | "refresh" | "only" | "off";
  readonly tenant: string | undefined;
}

/** What the cache keeps of an answer. */
interface CachedAnswer {
  readonly mode: Mode;
  readonly parts: readonly Part[];
}

/**
 * The life of a call after its request is checked: cache, routes, reply, store.
 * @throws {@link DualModeError}
 */
export async function* runCall<Options extends object>(
  call: Call<Options>,
  access: CacheAccess,
): AsyncGenerator<Part, Reply> {
  const { store, policy } = access;
  const key = store === undefined || policy === "off" ? {} : cidOf(call, store);
  const scope = access.tenant === undefined ? {} : { tenant: access.tenant };
  if (store !== undefined && key.cid !== undefined && policy !== "refresh") {
    const hit = await store.get<CachedAnswer>(key.cid, scope);
    call.report({ type: "cache", cid: key.cid, hit: hit !== undefined });
    if (hit !== undefined) {
      yield* hit.value.parts;
      return report(call, await cachedReply(call, hit.value, key.cid));
    }
  }
  if (policy === "only") {
    throw new DualModeError("NOT_CACHED", "The cache has no answer to this request.", {
      fix: 'Call without cache: "only" to ask the model.',
    });
  }
  const answer = yield* runRoutes(call);
  if (store !== undefined && key.cid !== undefined && isStorable(answer)) {
    await store.set(key.cid, kept(answer), scope);
  }
  return report(call, await liveReply(call, answer, key));
}

interface RequestKey {
  readonly cid?: string;
  /** Why the request has none. */
  readonly uncacheable?: string;
}

function cidOf<Options extends object>(
  { provider, baseUrl, request }: Call<Options>,
  store: ResponseCache,
): RequestKey {
  try {
    const endpoint = baseUrl ?? provider.id;
    return { cid: store.key({ provider: provider.id, endpoint, ...request }) };
  } catch (error) {
    if (!CacheError.is(error)) throw error;
    return { uncacheable: error.message };
  }
}

function isStorable({ route, parts }: Answer): boolean {
  const { finishReason } = foldParts(parts);
  return route.ignored.length === 0 && (finishReason === "stop" || finishReason === "tool-calls");
}

function kept({ route, parts }: Answer): CachedAnswer {
  const lasting = parts.filter((part) => part.type !== "warning");
  return { mode: route.mode, parts: joinParts(lasting) };
}

async function cachedReply<Options extends object>(
  call: Call<Options>,
  { mode, parts }: CachedAnswer,
  cid: string,
): Promise<Reply> {
  const base = await replyBase(call, parts);
  return { ...base, mode, cid, cached: true, fallback: false, attempts: [] };
}

async function liveReply<Options extends object>(
  call: Call<Options>,
  { route, parts, attempts }: Answer,
  { cid, uncacheable }: RequestKey,
): Promise<Reply> {
  const base = await replyBase(call, parts);
  const fallback = attempts.some(
    ({ code, mode, credential }) =>
      code !== undefined && (mode !== route.mode || credential !== route.credential.source),
  );
  const unkept =
    uncacheable === undefined ? [] : [{ code: "NOT_CACHEABLE", message: uncacheable } as const];
  const warnings = [...base.warnings, ...unkept];
  const { mode } = route;
  return { ...base, mode, cached: false, fallback, attempts, warnings, ...(cid && { cid }) };
}

async function replyBase<Options extends object>(call: Call<Options>, parts: readonly Part[]) {
  const { text, reasoning, toolCalls, usage, warnings, finishReason, model } = foldParts(parts);
  const checked = call.schema !== undefined && finishReason === "stop";
  return {
    text,
    toolCalls,
    finishReason,
    warnings,
    provider: call.provider.id,
    model: model ?? call.request.model,
    ...(reasoning && { reasoning }),
    ...(usage && { usage }),
    ...(checked && call.schema && { object: await answerObject(text, call.schema) }),
  };
}

function report<Options extends object>(call: Call<Options>, reply: Reply): Reply {
  call.report({ type: "reply", reply });
  return reply;
}
