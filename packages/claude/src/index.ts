export { createClaude } from "./create-claude.ts";
export type { ClaudeOptions } from "./options.ts";
