import type { Provider } from "@acc/dual-mode/provider";
import { defaultModel, models } from "./models.ts";
import type { GeminiOptions } from "./options.ts";

export const provider: Provider<GeminiOptions> = {
  id: "gemini",
  defaultModel,
  telemetryName: "gcp.gemini",
  models,
  credential: { name: "google_api_key", env: ["GEMINI_API_KEY", "GOOGLE_API_KEY"] },
  baseUrl: { env: ["GOOGLE_GEMINI_BASE_URL"] },
  options: ["sdk"],
  cli: async () => (await import("./cli/mode.ts")).cli,
  sdk: async () => (await import("./sdk/mode.ts")).sdk,
};
