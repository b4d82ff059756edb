export type { ModelCallOptions } from "./contract/call-options.ts";
export type { Clients, ModelId } from "./contract/provider.ts";
export type { OwnOptions } from "./request/own-options.ts";
export { type Acc, createAcc, type LanguageModelV3 } from "./v3.ts";
