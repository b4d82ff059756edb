import type { ImageContent, JsonSchema, TextContent, Tool, ToolCall } from "./request.ts";

/** A message in the one form that cache, CLI and SDK see: content is always a list. */
export type CanonicalMessage =
  | { readonly role: "user"; readonly content: readonly (TextContent | ImageContent)[] }
  | {
      readonly role: "assistant";
      readonly content: readonly TextContent[];
      readonly toolCalls?: readonly ToolCall[];
    }
  | {
      readonly role: "tool";
      readonly toolCallId: string;
      readonly content: readonly TextContent[];
    };

/** A request checked, with the client's defaults merged in: what a mode is given to run. */
export interface CanonicalRequest {
  readonly model: string;
  readonly system?: string;
  readonly messages: readonly CanonicalMessage[];
  readonly temperature?: number;
  readonly topP?: number;
  readonly stop?: readonly string[];
  readonly maxOutputTokens?: number;
  readonly seed?: number;
  readonly reasoning?: "low" | "medium" | "high";
  /** JSON Schema of the answer. */
  readonly schema?: JsonSchema;
  readonly tools?: readonly Tool[];
  readonly sample?: number;
}
