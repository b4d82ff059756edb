import type { Provider } from "@acc/dual-mode/provider";
import { groqBaseUrl, groqCredential } from "./credential.ts";
import { defaultModel, models } from "./models.ts";
import type { GroqOptions } from "./options.ts";

export const provider: Provider<GroqOptions> = {
  id: "groq",
  defaultModel,
  models,
  credential: groqCredential,
  baseUrl: groqBaseUrl,
  cli: async () => (await import("./cli/mode.ts")).cli,
  sdk: async () => (await import("./sdk/mode.ts")).sdk,
};
