export { createOpenAI } from "./create-openai.ts";
export type { OpenAIOptions } from "./options.ts";
