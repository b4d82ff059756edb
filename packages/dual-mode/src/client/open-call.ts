import type { ClientEvent, ClientOptions } from "../contract/client.ts";
import type { Provider } from "../contract/provider.ts";
import type { CallOptions, ChatRequest } from "../contract/request.ts";
import type { KeyPool } from "../credentials/key-pool.ts";
import { resolveBaseUrl } from "../credentials/resolve-base-url.ts";
import type { Call } from "../engine/call.ts";
import type { ProbedModes } from "../engine/probed-modes.ts";
import { resolveTimeouts } from "../engine/timers.ts";
import { canonicalRequest } from "../request/canonical-request.ts";
import { check } from "../request/check.ts";
import { requiredFeatures } from "../request/required-features.ts";
import { callOptionsSchema } from "../request/schemas.ts";

/** What a client brings to each of its calls. */
export interface ClientParts<Options extends object> {
  readonly provider: Provider<Options>;
  readonly options: ClientOptions;
  readonly own: Readonly<Options>;
  readonly modes: ProbedModes<Options>;
  readonly pool: KeyPool;
  readonly report: (event: ClientEvent) => void;
}

/** The bounds of one call. */
export type CallFrame = Pick<Call<object>, "signal" | "deadline" | "hold">;

/**
 * Checks a request and its options and brings together all that one call needs.
 * @throws {@link DualModeError} `INVALID_REQUEST`
 */
export async function openCall<Options extends object>(
  parts: ClientParts<Options>,
  input: string | ChatRequest,
  asked: CallOptions,
  frame: CallFrame,
): Promise<Call<Options>> {
  const { provider, options, own, modes, pool, report } = parts;
  check(callOptionsSchema, asked, "options");
  const model = options.model ?? provider.defaultModel;
  const { canonical, schema } = canonicalRequest(input, options.defaults ?? {}, model);
  const keys = await pool.open(asked.user ?? options.user);
  return {
    provider,
    options: own,
    request: canonical,
    schema,
    required: requiredFeatures(canonical),
    prefer: asked.prefer ?? options.prefer ?? "sdk",
    only: asked.only ?? options.only,
    billing: options.billing ?? "any",
    shared: [asked.tenant, asked.user, options.tenant, options.user].some(Boolean),
    lenient: asked.lenient ?? options.lenient ?? false,
    retry: options.retry ?? 2,
    keys,
    baseUrl: resolveBaseUrl(provider, options.baseUrl, process.env)?.url,
    prices: options.prices ?? {},
    cliEnv: options.cli?.env ?? {},
    modes,
    timeouts: resolveTimeouts(options.timeout, asked.timeout),
    report,
    ...frame,
  };
}
