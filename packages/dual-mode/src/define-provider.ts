/**
 * Exports for the entry of a provider's package. Exports for its modes are in `./provider`, which
 * is loaded with the first mode.
 */

export { chain } from "./client/chain.ts";
export { defineProvider } from "./client/define-provider.ts";
export { DualModeError } from "./error.ts";
export { runTools } from "./tools-loop/run-tools.ts";
export { textStream } from "./web/text-stream.ts";
export { toResponse } from "./web/to-response.ts";
