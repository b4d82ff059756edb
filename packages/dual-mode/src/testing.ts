export { chatCompletionsWire } from "./testing/chat-completions-wire.ts";
export { fileBatchWire } from "./testing/file-batch-wire.ts";
export type {
  CliSetup,
  CreateProvider,
  ProviderTestOptions,
  SdkSetup,
  TestFunction,
} from "./testing/options.ts";
export type { OwnServerOptions } from "./testing/own-server.ts";
export type {
  PlayedAnswer,
  PlayedCall,
  PlayedFailure,
  PlayedReasons,
} from "./testing/played-answer.ts";
export type {
  PlayedBatch,
  PlayedBatches,
  PlayedLine,
  PlayedOutcome,
  PlayedRequest,
  PlayedResponse,
} from "./testing/played-batches.ts";
export { protocolWire } from "./testing/protocol-wire.ts";
export { testProvider } from "./testing/test-provider.ts";
export type {
  CommandRefusal,
  CommandWire,
  HttpRefusal,
  HttpWire,
  PlayedDialogue,
  PlayedProbe,
} from "./testing/wire.ts";
