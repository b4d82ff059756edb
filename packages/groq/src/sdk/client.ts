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
import type Groq from "groq-sdk";

const vendorUrl = "https://api.groq.com";
const owner: KeyOwner = {
  who: "Groq's SDK",
  env: "GROQ_API_KEY",
  stored: "groq_api_key",
};

const load = sdkLoader("groq-sdk", async () => (await import("groq-sdk")).default);

/** Opens the SDK with this route's key and address; the environment changes neither. */
export async function openClient(context: RunContext<object>, asked: SdkAsked = {}): Promise<Groq> {
  const fetch = sdkFetch(context, owner, asked);
  return bind(await load(), context.baseUrl ?? vendorUrl, fetch);
}

/** Like {@link openClient}, for the one request of a call, whose answer is a stream of events. */
export async function boundClient(context: RunContext<object>): Promise<KeptClient<Groq>> {
  const fetch = sdkFetch(context, owner, { asEvents: true });
  return kept(await load(), context.baseUrl ?? vendorUrl, fetch);
}

const kept = keptClients(bind);

function bind(SDK: typeof Groq, baseURL: string, fetch: typeof globalThis.fetch): Groq {
  return new SDK({
    ...sdkSettings,
    baseURL,
    fetch,
  });
}

/** Loads the SDK before a call; if that fails, the call reports it. */
export function loadSdk(): void {
  load().catch(() => {});
}
