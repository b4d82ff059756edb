import type { Client, ClientOptions } from "../../src/contract/client.ts";
import type { Feature } from "../../src/contract/mode.ts";
import type { Provider, ProviderMode } from "../../src/contract/provider.ts";
import { chatCompletions, defineProvider, protocolCommand } from "../../src/provider.ts";

const supports: readonly Feature[] = ["system", "multiTurn", "temperature", "maxOutputTokens"];

/** Both modes of a provider that keeps every rule. */
export const modes: { readonly cli: ProviderMode<object>; readonly sdk: ProviderMode<object> } = {
  sdk: chatCompletions({ baseUrl: "http://127.0.0.1:9", credentials: ["key"], supports }),
  cli: protocolCommand({
    command: "minimal",
    provider: "minimal",
    install: "It is not to be had.",
    credentials: ["key"],
    supports,
    keyVariable: "MINIMAL_API_KEY",
  }),
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
