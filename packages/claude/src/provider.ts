import type { Provider } from "@acc/dual-mode/provider";
import { cli } from "./cli/mode.ts";
import { defaultModel, models } from "./models.ts";
import type { ClaudeOptions } from "./options.ts";
import { sdk } from "./sdk/mode.ts";

export const provider: Provider<ClaudeOptions> = {
  id: "claude",
  defaultModel,
  models,
  credential: { name: "anthropic_api_key", env: ["ANTHROPIC_API_KEY"] },
  baseUrl: { env: ["ANTHROPIC_BASE_URL"] },
  cli,
  sdk,
};
