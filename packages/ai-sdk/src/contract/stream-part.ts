import type {
  CallWarning,
  FinishReason,
  ResponseMetadata,
  SourceAnswer,
  ToolCallAnswer,
  Usage,
} from "./answer.ts";
import type { ProviderMetadata } from "./json.ts";

/** Parts that are the same in all versions of the AI SDK's interface. */
export type ContentStreamPart =
  | { type: "text-start" | "text-end" | "reasoning-start"; id: string }
  | { type: "reasoning-end"; id: string; providerMetadata?: ProviderMetadata }
  | { type: "text-delta" | "reasoning-delta"; id: string; delta: string }
  | { type: "tool-input-start"; id: string; toolName: string }
  | { type: "tool-input-delta"; id: string; delta: string }
  | { type: "tool-input-end"; id: string }
  | ToolCallAnswer
  | SourceAnswer
  | ({ type: "response-metadata" } & ResponseMetadata)
  | { type: "error"; error: unknown };

/** One event of a streamed answer; `stream-start` is the first, `finish` the last. */
export type StreamPart =
  | ContentStreamPart
  | { type: "stream-start"; warnings: CallWarning[] }
  | {
      type: "finish";
      usage: Usage;
      finishReason: FinishReason;
      providerMetadata?: ProviderMetadata;
    };
