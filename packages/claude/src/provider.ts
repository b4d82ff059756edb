import type { Provider } from "@acc/dual-mode/provider";
import { defaultModel, models } from "./models.ts";
import type { ClaudeOptions } from "./options.ts";

export const provider: Provider<ClaudeOptions> = {
  id: "claude",
  defaultModel,
  telemetryName: "anthropic",
  models,
  credential: { name: "anthropic_api_key", env: ["ANTHROPIC_API_KEY"] },
  baseUrl: { env: ["ANTHROPIC_BASE_URL"] },
  cli: async () => (await import("./cli/mode.ts")).cli,
  sdk: async () => (await import("./sdk/mode.ts")).sdk,
};
