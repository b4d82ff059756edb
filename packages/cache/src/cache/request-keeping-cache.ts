import { requestKey } from "../key/request-key.ts";
import type { MaybePromise } from "../maybe-promise.ts";
import { AskedRequests } from "../recordings/asked-requests.ts";
import { requestForm, requestOf } from "../recordings/request-form.ts";
import type { Answer, CacheEntry, StreamAnswer } from "./entry.ts";
import type { ComputeOptions, SetOptions, StreamOptions } from "./options.ts";
import { ResponseCache } from "./response-cache.ts";

/** A cache that stores the request with each response, as its metadata. */
export class RequestKeepingCache extends ResponseCache {
  readonly #asked: AskedRequests = new AskedRequests();

  override key(request: unknown): string {
    const cid = super.key(request);
    this.#asked.add(cid, request);
    return cid;
  }

  override set(cid: string, value: unknown, options: SetOptions = {}): MaybePromise<boolean> {
    return super.set(cid, value, this.#withRequest(cid, options));
  }

  override getOrCompute<T>(
    cid: string,
    compute: (signal: AbortSignal) => Promise<T>,
    options: ComputeOptions<T> = {},
  ): MaybePromise<Answer<T>> {
    return super.getOrCompute(cid, compute, this.#withRequest(cid, options));
  }

  override getOrStream<Part>(
    cid: string,
    produce: (signal: AbortSignal) => AsyncIterable<Part>,
    options: StreamOptions<Part> = {},
  ): MaybePromise<StreamAnswer<Part>> {
    return super.getOrStream(cid, produce, this.#withRequest(cid, options));
  }

  #withRequest<Options extends SetOptions>(cid: string, options: Options): Options {
    if (options.metadata !== undefined || !this.#asked.has(cid)) return options;
    const request = requestForm(this.#asked.get(cid));
    return request === undefined ? options : { ...options, metadata: { request } };
  }
}

/**
 * Returns the request that a cache with `keepRequests` has stored with an entry; undefined if there
 * is none, or if the CID is not that of the request.
 */
export function keptRequest(
  cid: string,
  { metadata }: Pick<CacheEntry<unknown>, "metadata">,
): unknown {
  const form = (metadata as { readonly request?: unknown } | undefined)?.request;
  if (form === undefined) return undefined;
  try {
    const request = requestOf(form);
    return requestKey(request) === cid ? request : undefined;
  } catch {
    return undefined;
  }
}
