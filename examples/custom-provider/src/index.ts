import {
  type Client,
  type ClientOptions,
  chatCompletions,
  defineProvider,
  type Feature,
  protocolCommand,
} from "@acc/dual-mode/provider";

const supports: readonly Feature[] = [
  "system",
  "multiTurn",
  "temperature",
  "topP",
  "stop",
  "maxOutputTokens",
  "seed",
  "schema",
  "tools",
  "images",
];

/** A client of a server on this machine: Ollama, llama.cpp, vLLM. No key is needed. */
export const createLocal: (options?: ClientOptions) => Client = defineProvider({
  id: "local",
  defaultModel: "llama3.2",
  baseUrl: { env: ["LOCAL_LLM_BASE_URL"] },
  sdk: chatCompletions({ baseUrl: "http://127.0.0.1:11434/v1", supports }),
  cli: protocolCommand({
    command: "local-llm",
    provider: "local",
    install: "Put a command local-llm that speaks docs/cli-protocol.md on PATH.",
    supports,
    baseUrlVariable: "LOCAL_LLM_BASE_URL",
  }),
});
