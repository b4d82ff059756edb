import type { Provider } from "@acc/dual-mode/provider";
import { cli } from "./cli/mode.ts";
import { defaultModel, models } from "./models.ts";
import type { GeminiOptions } from "./options.ts";
import { sdk } from "./sdk/mode.ts";

export const provider: Provider<GeminiOptions> = {
  id: "gemini",
  defaultModel,
  models,
  credential: { name: "google_api_key", env: ["GEMINI_API_KEY", "GOOGLE_API_KEY"] },
  baseUrl: { env: ["GOOGLE_GEMINI_BASE_URL"] },
  options: ["sdk"],
  cli,
  sdk,
};
