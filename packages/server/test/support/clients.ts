import {
  type Client,
  type ClientOptions,
  chatCompletions,
  defineProvider,
} from "@acc/dual-mode/provider";

/** A client of a provider `p` that is a server of chat completions at an address. */
export function clientOf(baseUrl: string, options: ClientOptions = {}): Client {
  const provider = defineProvider({
    id: "p",
    defaultModel: "m",
    sdk: chatCompletions({
      baseUrl,
      supports: ["system", "multiTurn", "maxOutputTokens", "temperature"],
    }),
  });
  return provider({ secrets: false, cache: false, retry: 0, ...options });
}
