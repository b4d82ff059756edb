/** Options of the Gemini provider besides those that every client takes. It has none yet. */
export type GeminiOptions = object;
