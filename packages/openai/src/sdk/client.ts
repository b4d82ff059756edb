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
import type OpenAI from "openai";

export const vendorUrl = "https://api.openai.com/v1";
const owner: KeyOwner = {
  who: "OpenAI's SDK",
  env: "OPENAI_API_KEY",
  stored: "openai_api_key",
};

const load = sdkLoader("openai", async () => (await import("openai")).default);

/**
 * Opens the SDK with this route's key and address. The environment changes neither: headers of
 * OPENAI_CUSTOM_HEADERS do not pass `sdkFetch`.
 */
export async function openClient(
  context: RunContext<object>,
  asked: SdkAsked = {},
): Promise<OpenAI> {
  const fetch = sdkFetch(context, owner, asked);
  return bind(await load(), context.baseUrl ?? vendorUrl, fetch);
}

/** Like {@link openClient}, for the one request of a call, whose answer is a stream of events. */
export async function boundClient(context: RunContext<object>): Promise<KeptClient<OpenAI>> {
  const fetch = sdkFetch(context, owner, { asEvents: true });
  return kept(await load(), context.baseUrl ?? vendorUrl, fetch);
}

const kept = keptClients(bind);

function bind(SDK: typeof OpenAI, baseURL: string, fetch: typeof globalThis.fetch): OpenAI {
  return new SDK({
    ...sdkSettings,
    baseURL,
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    fetch,
  });
}
