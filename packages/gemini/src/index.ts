export type * from "@acc/dual-mode";
export {
  chain,
  DualModeError,
  runTools,
  textStream,
  toResponse,
} from "@acc/dual-mode/define-provider";
export { createGemini } from "./create-gemini.ts";
export type { GeminiOptions } from "./options.ts";
