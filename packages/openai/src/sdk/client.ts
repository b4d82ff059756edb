import { createFetch, DualModeError, type RunContext } from "@acc/dual-mode/provider";
import type OpenAI from "openai";

export const vendorUrl = "https://api.openai.com/v1";
/** The call has timers of its own. */
const longestTimer = 2 ** 31 - 1;

/**
 * The SDK bound to this route's key and address. Nothing of the environment changes either: headers
 * of OPENAI_CUSTOM_HEADERS do not leave `createFetch`.
 */
export async function openClient(
  context: RunContext<object>,
  accept: "application/json" | "text/event-stream" = "text/event-stream",
): Promise<OpenAI> {
  const apiKey = keyOf(context);
  const SDK = await load();
  return new SDK({
    apiKey,
    baseURL: context.baseUrl ?? vendorUrl,
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: longestTimer,
    logLevel: "off",
    fetch: createFetch(context, {
      headers: { accept, authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    }),
  });
}

function keyOf({ credential }: RunContext<object>): string {
  if (credential.kind === "key") return credential.secret.reveal();
  throw new DualModeError("MISSING_CREDENTIALS", "OpenAI's SDK needs an API key.", {
    fix: "Set OPENAI_API_KEY, or store the key as openai_api_key.",
  });
}

/** Once it is loaded: to import it again would take each call some 30 µs. */
let loaded: typeof OpenAI | undefined;

async function load(): Promise<typeof OpenAI> {
  try {
    loaded ??= (await import("openai")).default;
    return loaded;
  } catch (cause) {
    throw new DualModeError("SDK_NOT_INSTALLED", "The package openai does not load.", {
      fix: "npm install openai",
      cause,
    });
  }
}
