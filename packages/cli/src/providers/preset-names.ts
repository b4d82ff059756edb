/** The presets of `@acc/openai/compatible`, by their ids, which are providers by their names alone. */
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
