/** The models are from the chat completion types of groq-sdk 1.6.0. */
export const defaultModel = "openai/gpt-oss-120b";

export const models: readonly string[] = [
  "openai/gpt-oss-120b",
  "openai/gpt-oss-20b",
  "llama-3.1-8b-instant",
  "llama-3.3-70b-versatile",
  "meta-llama/llama-4-maverick-17b-128e-instruct",
  "meta-llama/llama-4-scout-17b-16e-instruct",
  "moonshotai/kimi-k2-instruct",
  "qwen/qwen3-32b",
  "qwen/qwen3.6-27b",
  "qwen/qwen3.8-27b",
  "gemma2-9b-it",
  "compound-beta",
  "compound-beta-mini",
];
