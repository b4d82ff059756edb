export type * from "@acc/dual-mode";
export {
  chain,
  DualModeError,
  runTools,
  textStream,
  toResponse,
} from "@acc/dual-mode/define-provider";
export { createOpenAI } from "./create-openai.ts";
export type { OpenAIOptions } from "./options.ts";
