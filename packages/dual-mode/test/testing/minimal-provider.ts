import type { Client, ClientOptions } from "../../src/contract/client.ts";
import type { Feature } from "../../src/contract/mode.ts";
import type { ProbeContext, RunContext } from "../../src/contract/mode-context.ts";
import type { Part } from "../../src/contract/part.ts";
import type { Availability, Provider, ProviderMode } from "../../src/contract/provider.ts";
import {
  type CanonicalRequest,
  chatCompletions,
  DualModeError,
  defineProvider,
  protocolCommand,
} from "../../src/provider.ts";
import { type CommandWire, protocolWire } from "../../src/testing.ts";
import { batch } from "./minimal-batch.ts";

const supports: readonly Feature[] = [
  "system",
  "multiTurn",
  "temperature",
  "maxOutputTokens",
  "tools",
  "toolChoice",
  "parallelTools",
  "strictTools",
  "topK",
  "presencePenalty",
  "frequencyPenalty",
  "reasoning",
  "json",
  "images",
  "imageUrls",
  "files",
  "fileUrls",
  "systemTurns",
];

const command = protocolCommand({
  command: "minimal",
  provider: "minimal",
  install: "It is not to be had.",
  credentials: ["login", "key"],
  supports,
  keyVariable: "MINIMAL_API_KEY",
  hold: true,
});

/** Both modes of a provider that keeps every rule. */
export const modes: { readonly cli: ProviderMode<object>; readonly sdk: ProviderMode<object> } = {
  sdk: {
    ...chatCompletions({
      baseUrl: "http://127.0.0.1:9",
      credentials: ["key"],
      supports: [...supports, "vendor"],
    }),
    batch,
  },
  cli: { ...command, probe, run },
};

/** Its version matters, and it can hold a login. */
async function probe(context: ProbeContext<object>): Promise<Availability> {
  const found = await command.probe(context);
  if (!found.available || found.version?.startsWith("1.")) return found;
  const reason = `Version ${found.version} will not do.`;
  return { available: false, code: "CLI_TOO_OLD", reason, fix: "Get version 1." };
}

async function* run(request: CanonicalRequest, context: RunContext<object>): AsyncGenerator<Part> {
  try {
    yield* command.run(request, context);
  } catch (error) {
    const refused = DualModeError.is(error) && error.code === "AUTHENTICATION_FAILED";
    if (!refused || context.credential.kind !== "login") throw error;
    throw new DualModeError("CLI_NOT_LOGGED_IN", error.message, { fix: "minimal login" });
  }
}

/** How its command speaks where a version is too old, or no login is there. */
export const minimalWire: CommandWire = {
  ...protocolWire,
  tooOld: [{ args: ["--version"], stdout: "0.9.0\n" }],
  loggedOut: { stderr: "Not logged in.", exitCode: 11 },
};

export function minimalProvider(
  changed: Partial<Pick<Provider, "cli" | "sdk">> = {},
): (options?: ClientOptions) => Client {
  return defineProvider({
    id: "minimal",
    defaultModel: "minimal-1",
    credential: { name: "minimal_api_key", env: ["MINIMAL_API_KEY"] },
    ...modes,
    ...changed,
  });
}
