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

/** What a caller wrote, and what it says. */
export interface ReadRequest {
  readonly input: string | ChatRequest;
  readonly request: CheckedRequest;
  /** What an earlier call found out of the same request. */
  readonly known: KnownRequest | undefined;
}

/** A call before anything is done for it: what is asked, of whom, and where its answer may be kept. */
export interface PreparedCall extends ReadRequest {
  readonly asked: CallOptions;
  readonly access: CacheAccess;
  readonly events: CallEvents;
  /** Where the call goes: the answer is kept as that server's, whatever the environment says later. */
  readonly baseUrl: BaseUrl | undefined;
  /** The base URL, or the provider's id. */
  readonly endpoint: string;
  /** Another program than the provider's own that answers in CLI mode. */
  readonly source: CliSource | undefined;
}

/** @throws {@link DualModeError} `INVALID_REQUEST` for a base URL that is none */
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
  // By name: a spread takes Node.js 20 longer than all else of a hit.
  return { input, request, known, asked, baseUrl, endpoint, source, access, events };
}
