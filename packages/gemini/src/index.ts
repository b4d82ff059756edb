export { createGemini } from "./create-gemini.ts";
export type { GeminiOptions } from "./options.ts";
