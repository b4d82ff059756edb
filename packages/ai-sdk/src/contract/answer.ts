import type { ProviderMetadata } from "./json.ts";

export interface TextAnswer {
  type: "text";
  text: string;
}

export interface ReasoningAnswer {
  type: "reasoning";
  text: string;
  providerMetadata?: ProviderMetadata;
}

export interface ToolCallAnswer {
  type: "tool-call";
  toolCallId: string;
  toolName: string;
  /** The arguments as JSON text. */
  input: string;
  providerMetadata?: ProviderMetadata;
}

export type SourceAnswer =
  | {
      type: "source";
      sourceType: "url";
      id: string;
      url: string;
      title?: string;
      providerMetadata?: ProviderMetadata;
    }
  | {
      type: "source";
      sourceType: "document";
      id: string;
      mediaType: string;
      title: string;
      providerMetadata?: ProviderMetadata;
    };

/** A piece of an answer. */
export type AnswerContent = TextAnswer | ReasoningAnswer | ToolCallAnswer | SourceAnswer;

/** Why an answer ended, in the AI SDK's terms and in the vendor's. */
export interface FinishReason {
  unified: "stop" | "length" | "content-filter" | "tool-calls" | "error" | "other";
  raw: string | undefined;
}

/** Token counts; undefined if the vendor reported none. */
export interface Usage {
  inputTokens: {
    total: number | undefined;
    noCache: number | undefined;
    cacheRead: number | undefined;
    cacheWrite: number | undefined;
  };
  outputTokens: {
    total: number | undefined;
    text: number | undefined;
    reasoning: number | undefined;
  };
}

export type CallWarning =
  | { type: "unsupported"; feature: string; details?: string }
  | { type: "compatibility"; feature: string; details?: string }
  | { type: "other"; message: string };

/** A complete answer, as `doGenerate` returns it. */
export interface GenerateResult {
  content: AnswerContent[];
  finishReason: FinishReason;
  usage: Usage;
  warnings: CallWarning[];
  providerMetadata: ProviderMetadata;
  response: ResponseMetadata;
}

export interface ResponseMetadata {
  id: string;
  timestamp: Date;
  modelId: string;
}
