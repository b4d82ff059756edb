import {
  type KeyOwner,
  type RunContext,
  type SdkAsked,
  sdkFetch,
  sdkLoader,
  sdkSettings,
} from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";

const vendorUrl = "https://api.anthropic.com";
/** The API's version that this mode is written for. */
const apiVersion = "2026-10-21";
const owner: KeyOwner = {
  who: "Claude's SDK",
  env: "ANTHROPIC_API_KEY",
  stored: "anthropic_api_key",
};

const load = sdkLoader(
  "@anthropic-ai/sdk",
  async () => (await import("@anthropic-ai/sdk")).default,
);

/**
 * The SDK bound to this route's key and address, for what is answered whole; nothing of the
 * environment changes either.
 */
export async function openClient(
  context: RunContext<object>,
  maxBytes?: number,
): Promise<Anthropic> {
  const most = maxBytes === undefined ? {} : { maxBytes };
  const fetch = fetchOf(context, { accept: "application/json", ...most });
  return bind(await load(), context.baseUrl ?? vendorUrl, fetch);
}

/** A client that is kept from call to call, and what binds one request of it to this route. */
export interface BoundClient {
  readonly client: Anthropic;
  readonly options: Anthropic.RequestOptions;
}

/** As {@link openClient}, for a call's one request: to make a client takes as long as a tenth of a call. */
export async function boundClient(context: RunContext<object>): Promise<BoundClient> {
  const own = { redirect: "manual", send: fetchOf(context) } as const;
  const SDK = await load();
  const url = context.baseUrl ?? vendorUrl;
  if (kept?.baseURL !== url) kept = bind(SDK, url, sendBound);
  // The signal is heard by `fetchOf`: of one of its own the SDK lets go when its garbage is collected.
  return { client: kept, options: { fetchOptions: own } };
}

/** That of the last address. */
let kept: Anthropic | undefined;

/** The SDK hands on what a request's `fetchOptions` have. */
const sendBound: typeof fetch = (input, init) => {
  const { send, ...rest } = init as RequestInit & { readonly send: typeof fetch };
  return send(input, rest);
};

function bind(SDK: typeof Anthropic, baseURL: string, fetch: typeof globalThis.fetch): Anthropic {
  return new SDK({
    ...sdkSettings,
    authToken: null,
    webhookKey: null,
    baseURL,
    openTelemetry: false,
    fetch,
  });
}

function fetchOf(context: RunContext<object>, asked: SdkAsked = {}): typeof fetch {
  return sdkFetch(context, owner, { ...asked, headers: { "anthropic-version": apiVersion } });
}
