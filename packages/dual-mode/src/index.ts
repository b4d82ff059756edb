export { type ChainOptions, chain } from "./client/chain.ts";
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
export type { FinishReason, Limit, Limits, Part, Source, Usage, Warning } from "./contract/part.ts";
export type { Availability } from "./contract/provider.ts";
export type { Attempt, Cost, Reply } from "./contract/reply.ts";
export type {
  AssistantContent,
  CallOptions,
  ChatRequest,
  FileContent,
  ImageContent,
  JsonSchema,
  JsonSchemaSource,
  Lenient,
  Message,
  PromptCache,
  ReasoningContent,
  ReasoningLevel,
  StandardResult,
  StandardSchema,
  TextContent,
  Timeouts,
  Tool,
  ToolCall,
  ToolCallContent,
  ToolChoice,
  UserContent,
} from "./contract/request.ts";
export { priceOfUsage } from "./engine/price-of-usage.ts";
export { DualModeError } from "./error.ts";
export type { Attributes } from "./events/attributes.ts";
export type { PublishedEvent } from "./events/event-sink.ts";
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
export { textStream } from "./web/text-stream.ts";
export { type ResponseOptions, toResponse } from "./web/to-response.ts";
