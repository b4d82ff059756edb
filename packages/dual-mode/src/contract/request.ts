/** A piece of text in a message. */
export interface TextContent {
  readonly type: "text";
  readonly text: string;
}

/** An image in a user's message, or in a tool's result: its bytes, or a URL that the vendor fetches. */
export type ImageContent =
  | {
      readonly type: "image";
      /** "image/png", "image/jpeg", "image/webp" or "image/gif". */
      readonly mediaType: string;
      /** The bytes, base64. */
      readonly data: string;
      readonly url?: undefined;
    }
  | {
      readonly type: "image";
      readonly mediaType?: string;
      /** http or https: the vendor fetches it, not this machine. */
      readonly url: string;
      readonly data?: undefined;
    };

/** A file, most often a PDF: its bytes, or a URL that the vendor fetches. */
export type FileContent = {
  readonly type: "file";
  /** "application/pdf", "text/plain" …: the vendor decides which types it accepts. */
  readonly mediaType: string;
  /** Its name for the model. */
  readonly name?: string;
} & (
  | { /** The bytes, base64. */ readonly data: string; readonly url?: undefined }
  | {
      /** http or https: the vendor fetches it, not this machine. */
      readonly url: string;
      readonly data?: undefined;
    }
);

/** A piece of a user's message, or of a tool's result. */
export type UserContent = TextContent | ImageContent | FileContent;

/** The model's reasoning before or between its answers. */
export interface ReasoningContent {
  readonly type: "reasoning";
  readonly text: string;
  /**
   * The vendor's data to send back unchanged with the reasoning; it begins with the provider's id.
   */
  readonly signature?: string;
}

/** A tool call at its place in an assistant's message. */
export interface ToolCallContent extends ToolCall {
  readonly type: "tool-call";
}

/** A piece of an assistant's message, or of a reply. */
export type AssistantContent = TextContent | ReasoningContent | ToolCallContent;

/** A tool call that the model asks for. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** The arguments, parsed from the model's JSON. */
  readonly input: unknown;
  /** The vendor's data to send back unchanged with the call: a proof of the reasoning behind it. */
  readonly signature?: string;
}

/** A tool that the model may call. */
export interface Tool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments. */
  readonly inputSchema: JsonSchema;
  /** Whether the vendor enforces the schema of the arguments. */
  readonly strict?: boolean;
}

/**
 * Whether the model calls a tool: its own choice, never, at least one, or this one. It needs `tools`.
 */
export type ToolChoice = "auto" | "none" | "required" | { readonly tool: string };

/** How long a model thinks before it answers; a provider sends the nearest level that its vendor has. */
export type ReasoningLevel = "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max";

/** A JSON Schema as an object; the vendor decides which keywords it accepts. */
export type JsonSchema = { readonly [member: string]: unknown };

/** A message as a caller writes it; a string stands for one piece of text. */
export type Message =
  | { readonly role: "system"; readonly content: string | readonly TextContent[] }
  | { readonly role: "user"; readonly content: string | readonly UserContent[] }
  | {
      readonly role: "assistant";
      /** In order, as in `content` of a reply. */
      readonly content: string | readonly AssistantContent[];
      /** The calls, if they are not in the content: they come after it. */
      readonly toolCalls?: readonly ToolCall[];
    }
  | {
      readonly role: "tool";
      readonly toolCallId: string;
      readonly content: string | readonly UserContent[];
      /**
       * Whether the tool failed; the content then says how.
       *
       * @default false
       */
      readonly isError?: boolean;
    };

/**
 * A request; `T` is the output type of its schema. Every member except `metadata` is part of the
 * cache's key.
 */
export interface ChatRequest<T = unknown> {
  readonly messages: readonly Message[];
  readonly system?: string;
  readonly model?: string;
  /** 0 to 2. */
  readonly temperature?: number;
  /** 0 to 1. */
  readonly topP?: number;
  readonly stop?: readonly string[];
  readonly maxOutputTokens?: number;
  readonly seed?: number;
  /** A whole number from 1. */
  readonly topK?: number;
  /** -2 to 2. */
  readonly presencePenalty?: number;
  /** -2 to 2. */
  readonly frequencyPenalty?: number;
  readonly reasoning?: ReasoningLevel;
  readonly schema?: JsonSchemaSource<T> | StandardSchema<T>;
  /** The name of the schema for the vendor: letters, digits, `_` and `-`, 64 at most. */
  readonly schemaName?: string;
  /** Asks for an answer in JSON without a schema. Has no effect together with `schema`. */
  readonly json?: true;
  readonly tools?: readonly Tool[];
  /** @default "auto" */
  readonly toolChoice?: ToolChoice;
  /**
   * False allows at most one tool call per turn.
   *
   * @default the vendor's
   */
  readonly parallelTools?: boolean;
  /**
   * Members that are merged into the body of a provider's SDK request, by provider id. Only those
   * of the provider that is used count, and are part of the cache's key.
   */
  readonly vendor?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Asks for another answer to the same question: 0, 1, 2 … are different cache entries. */
  readonly sample?: number;
  /** The caller's own notes; they are not sent, and not part of the cache's key. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The answer's shape: JSON Schema, and a check that throws if a value does not fit. */
export interface JsonSchemaSource<T = unknown> {
  readonly jsonSchema: JsonSchema;
  /** Returns the converted value; its error says where the value does not fit. */
  readonly validate: (value: unknown) => T | Promise<T>;
}

/**
 * A schema of any library that supports Standard Schema with JSON Schema: zod from 4.2 on, arktype,
 * and valibot by `toStandardJsonSchema` of @valibot/to-json-schema.
 * https://standardschema.dev
 */
export interface StandardSchema<T = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly validate: (value: unknown) => StandardResult<T> | Promise<StandardResult<T>>;
    readonly jsonSchema: {
      readonly input: (options: StandardSchemaOptions) => JsonSchema;
      readonly output: (options: StandardSchemaOptions) => JsonSchema;
    };
  };
}

/** How a library is asked for a JSON Schema. */
export interface StandardSchemaOptions {
  readonly target: "draft-2020-12";
  /** Further options of a library. */
  readonly libraryOptions?: Record<string, unknown>;
}

/** The result of a Standard Schema's check. */
export type StandardResult<T = unknown> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** Where and why a value does not fit a Standard Schema. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
