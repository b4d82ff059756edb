import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { toGenerationConfig } from "../generation-config.ts";

/**
 * The CLI's settings.json for one run: one attempt, a key, and nothing but the model.
 * @param report The private file for its telemetry, without prompts; nothing of it is sent.
 */
export function toSettings(request: CanonicalRequest, report: string): object {
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
    telemetry: { enabled: true, target: "local", outfile: report, logPrompts: false },
    model: { maxSessionTurns: 1, disableLoopDetection: true },
    modelConfigs: { overrides: [{ match: { model }, modelConfig: { generateContentConfig } }] },
  };
}
