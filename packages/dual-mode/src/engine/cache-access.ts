import type { ResponseCache } from "@acc/cache";
import type { CallOptions } from "../contract/call-options.ts";
import type { CanonicalRequest } from "../contract/canonical.ts";
import type { ClientOptions } from "../contract/client.ts";
import type { CliSource } from "./cli-source.ts";
import { recordingObstacle } from "./of-recordings.ts";

/** Which cache a call uses, and how. */
export interface CacheAccess {
  readonly store: ResponseCache | undefined;
  readonly policy: "default" | "refresh" | "only" | "off";
  readonly tenant: string | undefined;
  /** The client's name, under which the cache's statistics count the call. */
  readonly label: string | undefined;
  /** The request's CID; absent if no cache is used, or if the request has none. */
  readonly cid: string | undefined;
  /** The reason why the request cannot have a CID. */
  readonly obstacle: string | undefined;
}

/** Everything that decides an answer: the request, and where and how it is asked. */
export interface Asked<Options extends object> {
  readonly provider: string;
  /** The client's name for the provider. */
  readonly label: string;
  /** The base URL, or the provider's id. */
  readonly endpoint: string;
  /**
   * The command and variables that a caller set for the CLI, so that such a caller gets no answers
   * of others.
   */
  readonly source: CliSource | undefined;
  readonly options: Readonly<Options>;
  readonly request: CanonicalRequest;
  /** The CID that the same request had before, with its cache and endpoint. */
  readonly known?:
    | { readonly store: ResponseCache; readonly endpoint: string; readonly cid: string }
    | undefined;
}

/**
 * A label that the cache accepts. A call of a provider with any other name is counted without a
 * label.
 */
const LABEL = /^[\w.-]{1,64}$/;

export function cacheAccess<Options extends object>(
  asked: Asked<Options>,
  cache: ResponseCache | false,
  client: Pick<ClientOptions, "tenant">,
  { cache: wanted = "default", tenant = client.tenant }: CallOptions,
): CacheAccess {
  const store = cache || undefined;
  // With recordings the recording's mode decides, even if the call wants no cache: a test must not
  // ask a vendor for that reason.
  const policy = store?.recording === undefined || wanted === "only" ? wanted : "default";
  const used = store !== undefined && policy !== "off";
  const key = used ? keyOf(asked, store) : { cid: undefined, obstacle: undefined };
  const label = LABEL.test(asked.label) ? asked.label : undefined;
  return { store, policy, tenant, label, ...key };
}

function keyOf<Options extends object>(
  { provider, endpoint, source, options, request, known }: Asked<Options>,
  store: ResponseCache,
): Pick<CacheAccess, "cid" | "obstacle"> {
  if (known?.store === store && known.endpoint === endpoint && source === undefined) {
    return { cid: known.cid, obstacle: undefined };
  }
  try {
    const own = Object.keys(options).length > 0 ? { options } : {};
    const moved = source && { source };
    const question = { provider, endpoint, ...moved, ...own, ...request };
    const obstacle = store.recording === undefined ? undefined : recordingObstacle(question);
    return { cid: obstacle === undefined ? store.key(question) : undefined, obstacle };
  } catch (error) {
    if (!isNotCacheable(error)) throw error;
    return { cid: undefined, obstacle: error.message };
  }
}

/**
 * Checks the code, because the class is in a package that is not loaded if the caller brings the
 * cache.
 */
function isNotCacheable(error: unknown): error is Error {
  return error instanceof Error && (error as { code?: unknown }).code === "NOT_CACHEABLE";
}
