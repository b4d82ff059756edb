import type {
  AssistantContent,
  JsonSchema,
  ReasoningLevel,
  TextContent,
  Tool,
  ToolChoice,
  UserContent,
} from "./request.ts";

/**
 * A message in the one form that cache, CLI and SDK see. Content is a list in which no text is
 * blank. The content of an assistant's message includes its tool calls, whose ids are unique in the
 * conversation. The tool results follow directly, one per call and in the order of the calls.
 */
export type CanonicalMessage =
  /** Only after the first turn; before it, use the request's `system`. */
  | { readonly role: "system"; readonly content: readonly TextContent[] }
  | { readonly role: "user"; readonly content: readonly UserContent[] }
  | { readonly role: "assistant"; readonly content: readonly AssistantContent[] }
  | {
      readonly role: "tool";
      readonly toolCallId: string;
      /** Empty if the tool returned nothing. */
      readonly content: readonly UserContent[];
      /** Set if the tool failed. */
      readonly isError?: true;
    };

/**
 * A checked request with the client's defaults merged in, as a mode receives it. Its text is
 * well-formed: it has no lone surrogate.
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
  readonly topK?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  readonly reasoning?: ReasoningLevel;
  /** JSON Schema of the answer. */
  readonly schema?: JsonSchema;
  readonly schemaName?: string;
  /** Never together with `schema`. */
  readonly json?: true;
  readonly tools?: readonly Tool[];
  /** Absent if the model may choose, or if there are no tools. */
  readonly toolChoice?: Exclude<ToolChoice, "auto">;
  /** Absent if the vendor may choose, or if there are no tools. */
  readonly parallelTools?: false;
  /** Members that are merged into the body of this provider's SDK mode. */
  readonly vendor?: Readonly<Record<string, unknown>>;
  readonly sample?: number;
}
