import type { ChatRequest } from "@acc/dual-mode";
import type { Route } from "../models/route.ts";
import type { WireRequest } from "../wires/wire.ts";

/** By the request of a call that `ReadCalls` keeps, what was last asked for it. */
const made = new WeakMap<WireRequest, ChatRequest>();

/**
 * What a client is asked. A call that comes again asks with the same object, frozen as its request is,
 * so that the client need not read it again.
 */
export function requestOf(
  request: WireRequest,
  { model }: Route,
  bound: number | undefined,
): ChatRequest {
  const last = made.get(request);
  if (last !== undefined && last.model === model && last.maxOutputTokens === bound) return last;
  const asked: Writable<ChatRequest> = { ...request };
  if (model !== undefined) asked.model = model;
  if (bound !== undefined) asked.maxOutputTokens = bound;
  if (Object.isFrozen(request)) made.set(request, Object.freeze(asked));
  return asked;
}

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };
