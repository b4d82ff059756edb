import type { Client } from "@acc/dual-mode";
import type { RotationPlan, Secret } from "@acc/secrets";
import { readHidden } from "../input/hidden.ts";
import { printJson, tell } from "../output/terminal.ts";
import { createProvider } from "../providers.ts";
import { outputOf } from "./run-command.ts";
import { type UnlockOptions, withSecrets } from "./unlock.ts";

export interface RotateOptions extends UnlockOptions {
  readonly createCommand?: string;
  readonly revokeCommand?: string;
  readonly overlap?: number;
  readonly restart?: boolean;
  readonly test: boolean;
  readonly json?: boolean;
}

/** What is known of a vendor's keys: who tests one, and where an old one is revoked. */
const vendors: Readonly<Record<string, { readonly provider: string; readonly page: string }>> = {
  anthropic_api_key: {
    provider: "claude",
    page: "https://console.anthropic.com/settings/keys",
  },
  google_api_key: { provider: "gemini", page: "https://aistudio.google.com/apikey" },
  groq_api_key: { provider: "groq", page: "https://console.groq.com/keys" },
};

/** Gives a name a new value, tested before it is used; then the old one is revoked. */
export async function rotateSecret(name: string, options: RotateOptions): Promise<void> {
  const { createCommand, revokeCommand, overlap = 0, restart = false } = options;
  const vendor = vendors[name.toLowerCase().replace(/[-.]/g, "_")];
  const plan: RotationPlan = {
    create: () =>
      createCommand === undefined
        ? readHidden(`new value of ${name}`)
        : outputOf(createCommand, ""),
    ...(vendor && options.test && { test: (secret) => callWith(vendor.provider, secret) }),
    ...(revokeCommand !== undefined && {
      revoke: (secret) => outputOf(revokeCommand, `${secret.reveal()}\n`),
    }),
    overlap,
    restart,
  };
  const result = await withSecrets(options, (secrets) => secrets.rotate(name, plan));
  if (options.json) printJson(result);
  tell(`${name} has a new value, version ${result.version}.`);
  if (!vendor) tell("It was not tested: no provider is known for this name.");
  if (revokeCommand === undefined) {
    tell(`Revoke the old one where it was made${vendor ? `: ${vendor.page}` : "."}`);
  }
}

/** The cheapest call that a key is needed for; throws the vendor's reason where it is refused. */
async function callWith(provider: string, secret: Secret): Promise<boolean> {
  const client = await createProvider(provider, {
    apiKey: secret.reveal(),
    only: "sdk",
    cache: false,
    retry: 0,
    timeout: 30_000,
  });
  try {
    const [list] = await client.listModels();
    if (list?.error?.code === "UNSUPPORTED_FEATURE") await chatWith(client);
    else if (list?.error !== undefined) throw list.error;
    return true;
  } finally {
    await client.close();
  }
}

/** For servers that list no models: a call of a few tokens. */
async function chatWith(client: Client): Promise<void> {
  const messages = [{ role: "user", content: "ok" }] as const;
  await client.chat({ messages, maxOutputTokens: 16 });
}
