export type * from "@acc/dual-mode";
export {
  chain,
  DualModeError,
  runTools,
  textStream,
  toResponse,
} from "@acc/dual-mode/define-provider";
export { createGroq } from "./create-groq.ts";
export type { GroqOptions } from "./options.ts";
