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
} from "../src/compatible.ts";

export const azure: CompatibleServer = azureOpenAI("resource");
export const locals: readonly CompatibleServer[] = [ollama, lmStudio, vllm, llamaCpp];
const hosted: readonly CompatibleServer[] = [openRouter, deepSeek, xai, mistral, together, azure];
export const presets: readonly CompatibleServer[] = [...locals, ...hosted];
