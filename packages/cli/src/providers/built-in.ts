import type { Client, ClientOptions } from "@acc/dual-mode";

/** What makes clients of one provider. */
export type CreateProvider = (options?: ClientOptions) => Client;

/** Loads a provider that comes with `acc`, and no other. */
export const builtIn: Readonly<Record<string, () => Promise<CreateProvider>>> = {
  claude: async () => (await import("@acc/claude")).createClaude,
  gemini: async () => (await import("@acc/gemini")).createGemini,
  groq: async () => (await import("@acc/groq")).createGroq,
  openai: async () => (await import("@acc/openai")).createOpenAI,
};

/** The providers that come with `acc`, in the order in which they are asked. */
export const providerNames: readonly string[] = Object.keys(builtIn);
