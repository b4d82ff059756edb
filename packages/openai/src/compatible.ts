export { createCompatible } from "./compatible/create-compatible.ts";
export { deepSeek } from "./compatible/deep-seek.ts";
export {
  azureOpenAI,
  mistral,
  openRouter,
  together,
  xai,
} from "./compatible/hosted-servers.ts";
export { llamaCpp, lmStudio, ollama, vllm } from "./compatible/local-servers.ts";
export type { CompatibleServer } from "./compatible/server.ts";
