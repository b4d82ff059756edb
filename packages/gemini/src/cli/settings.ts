import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { toGenerationConfig } from "../generation-config.ts";

/** The CLI's settings.json for one run: one attempt, a key, and nothing but the model. */
export function toSettings(request: CanonicalRequest): object {
  const { model } = request;
  const generateContentConfig = toGenerationConfig(request);
  return {
    security: { auth: { selectedType: "gemini-api-key" } },
    general: { maxAttempts: 1, retryFetchErrors: false, enableAutoUpdate: false },
    tools: { core: [] },
    mcp: { allowed: ["none"] },
    skills: { enabled: false },
    hooksConfig: { enabled: false },
    privacy: { usageStatisticsEnabled: false },
    model: { maxSessionTurns: 1, disableLoopDetection: true },
    modelConfigs: { overrides: [{ match: { model }, modelConfig: { generateContentConfig } }] },
  };
}
