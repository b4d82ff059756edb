import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { toThinking } from "./thinking.ts";

/** Members of Gemini's generationConfig that are the same in both modes. */
export type GenerationConfig = Readonly<Record<string, unknown>>;

export function toGenerationConfig(request: CanonicalRequest): GenerationConfig {
  const { temperature, topP, topK, stop, maxOutputTokens, seed, reasoning } = request;
  const { presencePenalty, frequencyPenalty } = request;
  const thinkingConfig = reasoning && toThinking(request.model, reasoning);
  return {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    ...(stop !== undefined && { stopSequences: stop }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(seed !== undefined && { seed }),
    ...(presencePenalty !== undefined && { presencePenalty }),
    ...(frequencyPenalty !== undefined && { frequencyPenalty }),
    ...(thinkingConfig && { thinkingConfig }),
    ...toFormat(request),
  };
}

/** Puts the schema's name into its title, because the API has no member for it. */
function toFormat({ schema, schemaName, json }: CanonicalRequest): GenerationConfig {
  if (schema === undefined && json === undefined) return {};
  const named = schemaName === undefined ? schema : { title: schemaName, ...schema };
  return {
    responseMimeType: "application/json",
    ...(schema !== undefined && { responseJsonSchema: named }),
  };
}
