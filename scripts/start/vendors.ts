import { createClaude } from "@acc/claude";
import type { Client, ClientOptions } from "@acc/dual-mode";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";

/** The four providers, in the order in which the demonstration shows them. */
export const vendors: Readonly<Record<string, (options?: ClientOptions) => Client>> = {
  claude: createClaude,
  gemini: createGemini,
  groq: createGroq,
  openai: createOpenAI,
};
