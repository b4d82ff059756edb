export type {
  CommandContext,
  CommandExit,
  CommandPlan,
  CommandRun,
  PrivateFolder,
  RunOptions,
  StandbyRules,
} from "./cli/command.ts";
export { commandWord } from "./cli/command-word.ts";
export { readJsonLines } from "./cli/json-lines.ts";
export type { JsonObject } from "./cli/json-objects.ts";
export { mapExit } from "./cli/map-exit.ts";
export { type ProbeOptions, type ProbeResult, probeCommand } from "./cli/probe-command.ts";
export { type FoundVersion, probeVersion, type VersionQuery } from "./cli/probe-version.ts";
export { runCommand } from "./cli/run-command.ts";
export { type RunReader, runParts, usualPatience } from "./cli/run-parts.ts";
export { writeToolServer } from "./cli/tool-server.ts";
export type { ToolServer } from "./cli/tool-server-start.ts";
export { unfitVersion, type VersionRules } from "./cli/unfit-version.ts";
export { chain } from "./client/chain.ts";
export { defineProvider } from "./client/define-provider.ts";
export type { CanonicalMessage, CanonicalRequest } from "./contract/canonical.ts";
export type { Client, ClientOptions } from "./contract/client.ts";
export type { Code } from "./contract/code.ts";
export type { Feature, Mode } from "./contract/mode.ts";
export type { BatchLine, BatchResult, ModeBatch, SoughtBatch } from "./contract/mode-batch.ts";
export type {
  Logger,
  ProbeContext,
  RouteCredential,
  RunContext,
  StandbyWish,
} from "./contract/mode-context.ts";
export type { FinishReason, Limit, Limits, Part, Source, Usage, Warning } from "./contract/part.ts";
export type {
  Availability,
  CredentialKind,
  Lack,
  ModeFeatures,
  ModeSource,
  Provider,
  ProviderMode,
} from "./contract/provider.ts";
export type {
  AssistantContent,
  FileContent,
  ImageContent,
  JsonSchema,
  ReasoningContent,
  ReasoningLevel,
  TextContent,
  Tool,
  ToolCall,
  ToolCallContent,
  ToolChoice,
  UserContent,
} from "./contract/request.ts";
export { type BaseUrl, resolveBaseUrl } from "./credentials/resolve-base-url.ts";
export { resolveCredential } from "./credentials/resolve-credential.ts";
export type { CommandQuery, FoundCommand } from "./detect/command-query.ts";
export { findCommand } from "./detect/find-command.ts";
export { findUsable } from "./detect/find-usable.ts";
export { homeFolder } from "./detect/home-folder.ts";
export { rememberProbe } from "./detect/remember-probe.ts";
export { hostWorkingFolder, type SearchPath, safeFolders } from "./detect/safe-folders.ts";
export { type MissingFeature, missingFeatures } from "./engine/missing-features.ts";
export { DualModeError, type ErrorDetails } from "./error.ts";
export type { FailureRow } from "./failures/failure-row.ts";
export { networkWords } from "./failures/network-words.ts";
export type { RefusalContext, Refusals } from "./failures/refusal-context.ts";
export { refusalError } from "./failures/refusal-error.ts";
export { resetTime } from "./failures/reset-time.ts";
export { type Asking, askAnswer } from "./foreign/ask-answer.ts";
export { type AskingOnce, askOnce } from "./foreign/ask-once.ts";
export type { AtHandIterator } from "./foreign/at-hand.ts";
export { CallIds } from "./foreign/call-ids.ts";
export { givenCount, givenCounts, givenText, isMembers, type Members } from "./foreign/guards.ts";
export { mergeUsage } from "./foreign/merge-usage.ts";
export { type ForeignSource, NewSources } from "./foreign/new-sources.ts";
export { type AnswerReader, readAnswer } from "./foreign/read-answer.ts";
export { Refused } from "./foreign/refused.ts";
export { checkedInput, toolInput } from "./foreign/tool-input.ts";
export { unreadable } from "./foreign/unreadable.ts";
export { checkMedia, type MediaRule } from "./history/check-media.ts";
export { checkToolNames } from "./history/fitted-name.ts";
export { type FittedNames, fitNames } from "./history/fitted-names.ts";
export { newCallId } from "./history/new-call-id.ts";
export { type PromptOptions, toPromptPieces } from "./history/prompt-pieces.ts";
export { type TextTurn, toTextTurns } from "./history/text-turns.ts";
export {
  type HistoryTurn,
  type NameRule,
  type ToolResult,
  toTurns,
  type VendorHistory,
} from "./history/turns.ts";
export { fittedRequest, withFittedBatch, withFittedNames } from "./history/with-fitted-names.ts";
export { createFetch, type FetchOptions } from "./http/create-fetch.ts";
export { eventJson } from "./http/event-json.ts";
export type { ServerSentEvent } from "./http/event-lines.ts";
export { getJson } from "./http/get-json.ts";
export { type HeaderFacts, headerFacts } from "./http/header-facts.ts";
export { networkError } from "./http/network-error.ts";
export { postJson } from "./http/post-json.ts";
export { type LimitHeaders, rateLimits, windowLimit } from "./http/rate-limits.ts";
export { requestId } from "./http/request-id.ts";
export { type HeaderBag, headerOf, retryAfter } from "./http/retry-after.ts";
export { sdkError } from "./http/sdk-error.ts";
export { readServerSentEvents } from "./http/server-sent-events.ts";
export { askChatBySdk, type SdkRequest } from "./kit/ask-chat-by-sdk.ts";
export { type AskingForModels, askForModels } from "./kit/ask-for-models.ts";
export { BatchUploads } from "./kit/batch-uploads.ts";
export { type ChatCompletionsOptions, chatCompletions } from "./kit/chat-completions.ts";
export type { ChatDialect } from "./kit/chat-dialect.ts";
export { type ChatFormat, toChatFormat, withWordOfJson } from "./kit/chat-format.ts";
export { type ChatMessage, toChatMessages } from "./kit/chat-messages.ts";
export { listedModels } from "./kit/chat-models.ts";
export type { ChatVendor } from "./kit/chat-parts.ts";
export type { ReasoningLevels } from "./kit/chat-reasoning.ts";
export {
  type ChatTool,
  type ChatToolChoice,
  toChatTool,
  toChatToolChoice,
} from "./kit/chat-tools.ts";
export { closedSchema, type SchemaRules } from "./kit/closed-schema.ts";
export { endWithStdout } from "./kit/end-with-stdout.ts";
export { fileBatch } from "./kit/file-batch.ts";
export type {
  BatchPage,
  FileBatchClient,
  FileBatchRequests,
  FileBatchVendor,
} from "./kit/file-batch-vendor.ts";
export { type BoundRequest, type KeptClient, keptClients } from "./kit/kept-client.ts";
export { nearestLevel } from "./kit/nearest-level.ts";
export { type ListPage, pagesOf } from "./kit/pages-of.ts";
export { protocolCommand } from "./kit/protocol-command.ts";
export { protocolExit } from "./kit/protocol-exits.ts";
export type { ProtocolCommandOptions } from "./kit/protocol-options.ts";
export { readChatCompletions } from "./kit/read-chat-completions.ts";
export { type ResultLine, readResultLines } from "./kit/result-lines.ts";
export { type KeyOwner, routeKey } from "./kit/route-key.ts";
export { type SdkAsked, sdkFetch } from "./kit/sdk-fetch.ts";
export { sdkLoader } from "./kit/sdk-loader.ts";
export { sdkSettings } from "./kit/sdk-settings.ts";
export { forcesCall, thinksNot } from "./kit/usual-lacks.ts";
export { type VendorRules, withVendorMembers } from "./kit/vendor-members.ts";
export { printable, printableJson } from "./printable.ts";
export {
  foreignBound,
  foreignTail,
  foreignText,
} from "./text/foreign-text.ts";
export { runTools } from "./tools-loop/run-tools.ts";
export { textStream } from "./web/text-stream.ts";
export { toResponse } from "./web/to-response.ts";
export { withDetails } from "./with-details.ts";
