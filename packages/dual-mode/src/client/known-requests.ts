import type { ChatRequest } from "../contract/request.ts";
import { isFrozenThroughout } from "../request/is-frozen-throughout.ts";
import type { KnownRequest } from "./known-request.ts";
import type { PreparedCall } from "./prepare-call.ts";

/**
 * Requests whose answers the cache had at once. One that is frozen throughout is the same when it is
 * asked again, so that it need not be read and hashed again. A call takes what is known of it and keeps
 * it where the cache has the answer again: what a provider was given, and may have changed, is not known.
 */
export class KnownRequests {
  readonly #known = new WeakMap<object, KnownRequest>();

  take(input: string | ChatRequest): KnownRequest | undefined {
    if (typeof input === "string") return undefined;
    const known = this.#known.get(input);
    if (known !== undefined) this.#known.delete(input);
    return known;
  }

  /** Of a call whose answer the cache had. */
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
