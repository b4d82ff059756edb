export { createGroq } from "./create-groq.ts";
export type { GroqOptions } from "./options.ts";
