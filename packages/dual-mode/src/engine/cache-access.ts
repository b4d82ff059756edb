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
  /** What the cache's statistics count the call under: what its client is called. */
  readonly label: string | undefined;
  /** The request's CID; absent where no cache is asked, or where it has none. */
  readonly cid: string | undefined;
  /** What keeps the request from having a CID. */
  readonly obstacle: string | undefined;
}

/** What decides an answer besides the request itself. */
export interface Asked<Options extends object> {
  readonly provider: string;
  /** What the client calls the provider. */
  readonly label: string;
  /** The base URL, or the provider's id. */
  readonly endpoint: string;
  /** Who set that another program, or another address, answers in CLI mode gets no other's answers. */
  readonly source: CliSource | undefined;
  readonly options: Readonly<Options>;
  readonly request: CanonicalRequest;
  /** The CID that the same request had before, and where. */
  readonly known?:
    | { readonly store: ResponseCache; readonly endpoint: string; readonly cid: string }
    | undefined;
}

/** What the cache takes for a label. A call of a provider with another id is counted under none. */
const LABEL = /^[\w.-]{1,64}$/;

export function cacheAccess<Options extends object>(
  asked: Asked<Options>,
  cache: ResponseCache | false,
  client: Pick<ClientOptions, "tenant">,
  { cache: wanted = "default", tenant = client.tenant }: CallOptions,
): CacheAccess {
  const store = cache || undefined;
  // With recordings their mode decides: a test asks nobody because a call wants no cache.
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

/** By its code, for the class is in a package that is not loaded for a cache of the caller's. */
function isNotCacheable(error: unknown): error is Error {
  return error instanceof Error && (error as { code?: unknown }).code === "NOT_CACHEABLE";
}
