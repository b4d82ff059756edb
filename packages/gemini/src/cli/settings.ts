import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { toGenerationConfig } from "../generation-config.ts";
import { toExtraBody } from "./tools.ts";

/**
 * Makes the CLI's settings.json for one run: one attempt, a key, and nothing but the model.
 * @param report The private file for its telemetry, which contains no prompts; none of it is sent.
 */
export function toSettings(request: CanonicalRequest, report: string): object {
  const { model } = request;
  const extraBody = toExtraBody(request);
  const generateContentConfig = {
    ...toGenerationConfig(request),
    ...(Object.keys(extraBody).length > 0 && { httpOptions: { extraBody } }),
  };
  return asWritten({
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
  }) as object;
}

/** A variable that is never set, with a default of "$". */
const dollar = "\u0024{ACC_UNSET:-$}";

/**
 * Escapes "$" in all texts, because the CLI replaces each variable in its settings once: `$HOME`,
 * and also `$GEMINI_API_KEY`.
 */
function asWritten(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("$", () => dollar);
  if (Array.isArray(value)) return value.map(asWritten);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asWritten(each)]));
}
