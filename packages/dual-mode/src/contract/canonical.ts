import type { AssistantContent, ImageContent, JsonSchema, TextContent, Tool } from "./request.ts";

/**
 * A message in the one form that cache, CLI and SDK see. Content is a list, in which no text is blank;
 * an assistant's holds its tool calls, whose ids are unique over the conversation. Their results
 * come right behind, one a call and in the order of the calls.
 */
export type CanonicalMessage =
  | { readonly role: "user"; readonly content: readonly (TextContent | ImageContent)[] }
  | { readonly role: "assistant"; readonly content: readonly AssistantContent[] }
  | {
      readonly role: "tool";
      readonly toolCallId: string;
      /** Empty where the tool gave nothing. */
      readonly content: readonly (TextContent | ImageContent)[];
      /** The tool failed. */
      readonly isError?: true;
    };

/**
 * A request checked, with the client's defaults merged in: what a mode is given to run. Its text is
 * well-formed: no half of a surrogate pair stands alone.
 */
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
