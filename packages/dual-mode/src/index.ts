export { chain } from "./client/chain.ts";
export type { ChainOptions } from "./client/chain-options.ts";
export type { Attempt } from "./contract/attempt.ts";
export type { CallOptions, Lenient, PromptCache, Timeouts } from "./contract/call-options.ts";
export type {
  Client,
  ClientOptions,
  CredentialLimits,
  ListOptions,
  Price,
  PriceFunction,
  Prices,
  ProviderModels,
  ProviderStatus,
  Rate,
  ReplyStream,
  RequestDefaults,
  Standby,
  UsableModels,
} from "./contract/client.ts";
export type { ClientEvent, EventOrigin } from "./contract/client-event.ts";
export type { Code } from "./contract/code.ts";
export type { Feature, Mode } from "./contract/mode.ts";
export type { BatchLine, BatchResult, SoughtBatch } from "./contract/mode-batch.ts";
export type { FinishReason, Limit, Limits, Part, Source, Usage, Warning } from "./contract/part.ts";
export type { Availability } from "./contract/provider.ts";
export type { Cost, Reply } from "./contract/reply.ts";
export type {
  AssistantContent,
  ChatRequest,
  FileContent,
  ImageContent,
  JsonSchema,
  JsonSchemaSource,
  Message,
  ReasoningContent,
  ReasoningLevel,
  StandardResult,
  StandardSchema,
  TextContent,
  Tool,
  ToolCall,
  ToolCallContent,
  ToolChoice,
  UserContent,
} from "./contract/request.ts";
export { setupCodes } from "./contract/setup-codes.ts";
export type { SharedState } from "./contract/shared-state.ts";
export type {
  BatchAccount,
  BatchedCall,
  BatchedReply,
  BatchedRequest,
  BatchedResult,
  VendorBatches,
  VendorBatchesOptions,
} from "./contract/vendor-batches.ts";
export { priceOfUsage } from "./engine/price-of-usage.ts";
export { DualModeError } from "./error.ts";
export type { Attributes } from "./events/attributes.ts";
export type { PublishedEvent } from "./events/event-sink.ts";
export { featureNames } from "./request/feature-names.ts";
export type {
  RunPart,
  RunReply,
  RunToolsOptions,
  StepPart,
  ToolContext,
  ToolFunction,
  ToolResultPart,
  ToolsRun,
} from "./tools-loop/contract.ts";
export { runTools } from "./tools-loop/run-tools.ts";
export type { ResponseOptions } from "./web/response-options.ts";
export { textStream } from "./web/text-stream.ts";
export { toResponse } from "./web/to-response.ts";
