import {
  azureOpenAI,
  type CompatibleServer,
  deepSeek,
  llamaCpp,
  lmStudio,
  mistral,
  ollama,
  openRouter,
  together,
  vllm,
  xai,
} from "@acc/openai/compatible";

/** Each customer of Azure has another address, which the setting gives. */
const azure = azureOpenAI("resource");

/** The presets of servers with an OpenAI-compatible API. */
export const presets: readonly CompatibleServer[] = [
  ...[ollama, lmStudio, vllm, llamaCpp],
  ...[openRouter, deepSeek, xai, mistral, together, azure],
];
