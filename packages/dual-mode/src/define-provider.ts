/**
 * What the entry of a provider's package needs. What its modes are made of is `./provider`, which
 * loads with the first of them.
 */

export { chain } from "./client/chain.ts";
export { defineProvider } from "./client/define-provider.ts";
export { DualModeError } from "./error.ts";
export { runTools } from "./tools-loop/run-tools.ts";
export { textStream } from "./web/text-stream.ts";
export { toResponse } from "./web/to-response.ts";
