import type { Client, ClientOptions } from "@acc/dual-mode";

/** Creates clients of one provider. */
export type CreateProvider = (options?: ClientOptions) => Client;

/** Loaders of the providers that come with `acc`, each for one provider only. */
export const builtIn: Readonly<Record<string, () => Promise<CreateProvider>>> = {
  claude: async () => (await import("@acc/claude")).createClaude,
  gemini: async () => (await import("@acc/gemini")).createGemini,
  groq: async () => (await import("@acc/groq")).createGroq,
  openai: async () => (await import("@acc/openai")).createOpenAI,
};

/** The providers that come with `acc`, in the order in which they are asked. */
export const providerNames: readonly string[] = Object.keys(builtIn);
