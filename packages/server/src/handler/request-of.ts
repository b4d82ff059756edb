import type { ChatRequest } from "@acc/dual-mode";
import type { Route } from "../models/route.ts";
import type { WireRequest } from "../wires/wire.ts";

/** The last request made of each call that `ReadCalls` keeps. */
const made = new WeakMap<WireRequest, ChatRequest>();

/**
 * The request for a client. A repeated call uses the same object, frozen like the call it came
 * from, so that the client need not read it again.
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
