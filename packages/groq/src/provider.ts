import type { Provider } from "@acc/dual-mode/provider";
import { cli } from "./cli/mode.ts";
import { groqCredential } from "./credential.ts";
import { defaultModel, models } from "./models.ts";
import type { GroqOptions } from "./options.ts";
import { sdk } from "./sdk/mode.ts";

export const provider: Provider<GroqOptions> = {
  id: "groq",
  defaultModel,
  models,
  credential: groqCredential,
  baseUrl: { env: ["GROQ_BASE_URL"] },
  cli,
  sdk,
};
