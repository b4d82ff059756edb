import { type CanonicalRequest, nearestLevel } from "@acc/dual-mode/provider";

/** Members of Gemini's generationConfig that both modes send alike. */
export type GenerationConfig = Readonly<Record<string, unknown>>;

const budgets = { low: 1024, medium: 8192, high: 24_576 } as const;

export function toGenerationConfig(request: CanonicalRequest): GenerationConfig {
  const { temperature, topP, stop, maxOutputTokens, seed, reasoning, schema } = request;
  return {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(stop !== undefined && { stopSequences: stop }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(seed !== undefined && { seed }),
    ...(reasoning !== undefined && {
      thinkingConfig: toThinking(request.model, nearestLevel(reasoning, ["low", "medium", "high"])),
    }),
    ...(schema !== undefined && {
      responseMimeType: "application/json",
      responseJsonSchema: schema,
    }),
  };
}

/** The 2.5 models think by a budget, the later ones by a level. */
function toThinking(model: string, reasoning: "low" | "medium" | "high"): object {
  const includeThoughts = true;
  return /-2\.5-/.test(model)
    ? { includeThoughts, thinkingBudget: budgets[reasoning] }
    : { includeThoughts, thinkingLevel: reasoning };
}
