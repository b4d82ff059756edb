import type { ResponseCache } from "@acc/cache";
import type { CallOptions } from "../contract/call-options.ts";
import type { ChatRequest } from "../contract/request.ts";
import { type BaseUrl, resolveBaseUrl } from "../credentials/resolve-base-url.ts";
import { type CacheAccess, cacheAccess } from "../engine/cache-access.ts";
import { type CliSource, cliSource } from "../engine/cli-source.ts";
import type { CallEvents } from "../events/call-events.ts";
import type { CheckedRequest } from "../request/canonical-request.ts";
import type { ClientParts } from "./client-parts.ts";
import type { KnownRequest } from "./known-request.ts";

/** A request as the caller wrote it, and as it was checked. */
export interface ReadRequest {
  readonly input: string | ChatRequest;
  readonly request: CheckedRequest;
  /** What an earlier call found out about the same request. */
  readonly known: KnownRequest | undefined;
}

/**
 * A checked call that has not started: the request, the server, and the place of its answer in the
 * cache.
 */
export interface PreparedCall extends ReadRequest {
  readonly asked: CallOptions;
  readonly access: CacheAccess;
  readonly events: CallEvents;
  /**
   * The base URL at this moment: the answer is cached for that server, even if the environment
   * changes later.
   */
  readonly baseUrl: BaseUrl | undefined;
  /** The base URL, or the provider's id. */
  readonly endpoint: string;
  /** The caller's settings for the CLI, if another program may answer in CLI mode. */
  readonly source: CliSource | undefined;
}

/**
 * Prepares a call.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` for a base URL that is not valid
 */
export function prepareCall<Options extends object>(
  { provider, options, own, commandVariable }: ClientParts<Options>,
  cache: ResponseCache | false,
  { input, request, known }: ReadRequest,
  asked: CallOptions,
  events: CallEvents,
): PreparedCall {
  const baseUrl = resolveBaseUrl(provider, options.baseUrl, process.env);
  const endpoint = baseUrl?.url ?? provider.id;
  const source = provider.cli && cliSource(options, asked.only ?? options.only, commandVariable);
  const question = {
    provider: provider.id,
    label: provider.name,
    endpoint,
    source,
    options: own,
    request: request.canonical,
    known,
  };
  const access = cacheAccess(question, cache, options, asked);
  // A literal with every member by name: a spread takes Node.js 20 longer than the rest of a cache
  // hit.
  return { input, request, known, asked, baseUrl, endpoint, source, access, events };
}
