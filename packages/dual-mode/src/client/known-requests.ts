import type { ChatRequest } from "../contract/request.ts";
import { isFrozenThroughout } from "../request/is-frozen-throughout.ts";
import type { KnownRequest } from "./known-request.ts";
import type { PreparedCall } from "./prepare-call.ts";

/**
 * Requests whose answers the cache had at once. A deeply frozen request stays the same when it is
 * asked again, so it need not be checked and hashed again. A call takes what is known of its
 * request, and stores it again only if the cache answers: a request that was passed to a provider
 * may have been changed.
 */
export class KnownRequests {
  readonly #known = new WeakMap<object, KnownRequest>();

  take(input: string | ChatRequest): KnownRequest | undefined {
    if (typeof input === "string") return undefined;
    const known = this.#known.get(input);
    if (known !== undefined) this.#known.delete(input);
    return known;
  }

  /** Stores what is known of a call's request; only for a call that the cache answered. */
  keep(call: PreparedCall): void {
    const { input, known = found(call) } = call;
    if (typeof input === "object" && known !== undefined) this.#known.set(input, known);
  }
}

function found({
  input,
  request,
  access,
  endpoint,
  source,
}: PreparedCall): KnownRequest | undefined {
  const { store, cid } = access;
  if (store === undefined || store.recording !== undefined || cid === undefined) return undefined;
  if (source !== undefined || !isFrozenThroughout(input)) return undefined;
  return { request, store, endpoint, cid };
}
