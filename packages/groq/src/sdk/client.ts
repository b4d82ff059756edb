import { createFetch, DualModeError, type RunContext } from "@acc/dual-mode/provider";
import type Groq from "groq-sdk";

const vendorUrl = "https://api.groq.com";
/** The call has timers of its own. */
const longestTimer = 2 ** 31 - 1;

/** The SDK bound to this route's key and address; nothing of the environment changes either. */
export async function openClient(
  context: RunContext<object>,
  accept: "application/json" | "text/event-stream" = "text/event-stream",
): Promise<Groq> {
  const apiKey = keyOf(context);
  const SDK = await load();
  return new SDK({
    apiKey,
    baseURL: context.baseUrl ?? vendorUrl,
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
  throw new DualModeError("MISSING_CREDENTIALS", "Groq's SDK needs an API key.", {
    fix: "Set GROQ_API_KEY, or store the key as groq_api_key.",
  });
}

/** Once it is loaded: to import it again would take each call some 30 µs. */
let loaded: typeof Groq | undefined;

async function load(): Promise<typeof Groq> {
  try {
    loaded ??= (await import("groq-sdk")).default;
    return loaded;
  } catch (cause) {
    throw new DualModeError("SDK_NOT_INSTALLED", "The package groq-sdk does not load.", {
      fix: "npm install groq-sdk",
      cause,
    });
  }
}
