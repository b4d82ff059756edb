import type { Client, ClientOptions } from "@acc/dual-mode";

type Create = (options?: ClientOptions) => Client;

const load: Readonly<Record<string, () => Promise<Create>>> = {
  claude: async () => (await import("@acc/claude")).createClaude,
  gemini: async () => (await import("@acc/gemini")).createGemini,
  groq: async () => (await import("@acc/groq")).createGroq,
  openai: async () => (await import("@acc/openai")).createOpenAI,
};

/** The providers that come with `acc`, in the order in which they are asked. */
export const providerNames: readonly string[] = Object.keys(load);

/** A client of one provider; only its package is loaded. */
export async function createProvider(name: string, options: ClientOptions): Promise<Client> {
  const create = await load[name]?.();
  if (create === undefined) throw new RangeError(`There is no provider "${name}".`);
  return create(options);
}
