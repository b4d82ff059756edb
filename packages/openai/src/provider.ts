import type { Provider } from "@acc/dual-mode/provider";
import { defaultModel, models } from "./models.ts";
import type { OpenAIOptions } from "./options.ts";

export const provider: Provider<OpenAIOptions> = {
  id: "openai",
  defaultModel,
  models,
  credential: { name: "openai_api_key", env: ["OPENAI_API_KEY", "CODEX_API_KEY"] },
  baseUrl: { env: ["OPENAI_BASE_URL"] },
  options: ["api"],
  cli: async () => (await import("./cli/mode.ts")).cli,
  sdk: async () => (await import("./sdk/mode.ts")).sdk,
};
