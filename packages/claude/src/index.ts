export type * from "@acc/dual-mode";
export {
  chain,
  DualModeError,
  runTools,
  textStream,
  toResponse,
} from "@acc/dual-mode/define-provider";
export { createClaude } from "./create-claude.ts";
export type { ClaudeOptions } from "./options.ts";
