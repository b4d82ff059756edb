export { chatCompletionsWire } from "./testing/chat-completions-wire.ts";
export type {
  CliSetup,
  CreateProvider,
  ProviderTestOptions,
  SdkSetup,
  TestFunction,
} from "./testing/options.ts";
export type { OwnServerOptions } from "./testing/own-server.ts";
export { protocolWire } from "./testing/protocol-wire.ts";
export { testProvider } from "./testing/test-provider.ts";
export type {
  CommandRefusal,
  CommandWire,
  HttpRefusal,
  HttpWire,
  PlayedAnswer,
  PlayedCall,
  PlayedDialogue,
  PlayedFailure,
  PlayedProbe,
  PlayedReasons,
} from "./testing/wire.ts";
