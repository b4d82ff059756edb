import { DualModeError, type RunContext } from "@acc/dual-mode/provider";
import type Groq from "groq-sdk";

const vendorUrl = "https://api.groq.com";
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
    timeout: Math.min(Math.max(context.deadline - Date.now(), 1), longestTimer),
    logLevel: "off",
    fetch: withOwnHeaders(apiKey, accept),
  });
}

function keyOf({ credential }: RunContext<object>): string {
  if (credential.kind === "key") return credential.secret.reveal();
  throw new DualModeError("MISSING_CREDENTIALS", "Groq's SDK needs an API key.", {
    fix: "Set GROQ_API_KEY, or store the key as groq_api_key.",
  });
}

async function load(): Promise<typeof Groq> {
  try {
    return (await import("groq-sdk")).default;
  } catch (cause) {
    throw new DualModeError("SDK_NOT_INSTALLED", "The package groq-sdk does not load.", {
      fix: "npm install groq-sdk",
      cause,
    });
  }
}

/** The SDK would add what GROQ_CUSTOM_HEADERS says; these headers and no others are sent. */
function withOwnHeaders(apiKey: string, accept: string): typeof fetch {
  const headers = {
    accept,
    authorization: `Bearer ${apiKey}`,
    "content-type": "application/json",
  };
  return (input, init) => fetch(input, { ...init, headers });
}
