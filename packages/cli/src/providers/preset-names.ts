/**
 * The ids of the presets of `@acc/openai/compatible`, which can be asked by name without adding.
 */
export const presetNames: readonly string[] = [
  "ollama",
  "lm-studio",
  "vllm",
  "llama-cpp",
  "openrouter",
  "deepseek",
  "xai",
  "mistral",
  "together",
  "azure-openai",
];
