import {
  type KeptClient,
  type KeyOwner,
  keptClients,
  type RunContext,
  type SdkAsked,
  sdkFetch,
  sdkLoader,
  sdkSettings,
} from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";

const vendorUrl = "https://api.anthropic.com";
/** The version of the API that this mode is written for. */
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
 * Opens the SDK with this route's key and address, for answers that are not streamed. The
 * environment changes neither.
 */
export async function openClient(
  context: RunContext<object>,
  maxBytes?: number,
): Promise<Anthropic> {
  const most = maxBytes === undefined ? {} : { maxBytes };
  const fetch = fetchOf(context, { accept: "application/json", ...most });
  return bind(await load(), context.baseUrl ?? vendorUrl, fetch);
}

/** Like {@link openClient}, for the one request of a call, whose answer is a stream of events. */
export async function boundClient(context: RunContext<object>): Promise<KeptClient<Anthropic>> {
  const fetch = fetchOf(context, { asEvents: true });
  return kept(await load(), context.baseUrl ?? vendorUrl, fetch);
}

const kept = keptClients(bind);

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
