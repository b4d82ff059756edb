import {
  type KeyOwner,
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
 * The SDK bound to this route's key and address. Nothing of the environment changes either: headers
 * of OPENAI_CUSTOM_HEADERS do not leave `sdkFetch`.
 */
export async function openClient(
  context: RunContext<object>,
  asked: SdkAsked = {},
): Promise<OpenAI> {
  const fetch = sdkFetch(context, owner, asked);
  const SDK = await load();
  return new SDK({
    ...sdkSettings,
    baseURL: context.baseUrl ?? vendorUrl,
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    fetch,
  });
}
