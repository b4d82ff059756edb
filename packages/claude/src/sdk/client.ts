import { createFetch, DualModeError, type RunContext } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";

const vendorUrl = "https://api.anthropic.com";
/** The API's version that this mode is written for. */
const apiVersion = "2026-10-21";
/** The call has timers of its own. */
const longestTimer = 2 ** 31 - 1;

/** The SDK bound to this route's key and address; nothing of the environment changes either. */
export async function openClient(
  context: RunContext<object>,
  accept: "application/json" | "text/event-stream" = "text/event-stream",
): Promise<Anthropic> {
  const apiKey = keyOf(context);
  const SDK = await load();
  return new SDK({
    apiKey,
    authToken: null,
    webhookKey: null,
    baseURL: context.baseUrl ?? vendorUrl,
    maxRetries: 0,
    timeout: longestTimer,
    logLevel: "off",
    openTelemetry: false,
    fetch: createFetch(context, {
      headers: {
        accept,
        "anthropic-version": apiVersion,
        authorization: `Bearer ${apiKey}`,
        "content-type": "application/json",
      },
    }),
  });
}

function keyOf({ credential }: RunContext<object>): string {
  if (credential.kind === "key") return credential.secret.reveal();
  throw new DualModeError("MISSING_CREDENTIALS", "Claude's SDK needs an API key.", {
    fix: "Set ANTHROPIC_API_KEY, or store the key as anthropic_api_key.",
  });
}

/** Once it is loaded: to import it again would take each call some 30 µs. */
let loaded: typeof Anthropic | undefined;

async function load(): Promise<typeof Anthropic> {
  try {
    loaded ??= (await import("@anthropic-ai/sdk")).default;
    return loaded;
  } catch (cause) {
    throw new DualModeError("SDK_NOT_INSTALLED", "The package @anthropic-ai/sdk does not load.", {
      fix: "npm install @anthropic-ai/sdk",
      cause,
    });
  }
}
