/** A piece of text in a message. */
export interface TextContent {
  readonly type: "text";
  readonly text: string;
}

/** An image in a user's message, or in a tool's result: its bytes, or where the vendor finds them. */
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
      /** http or https: the vendor fetches it, nobody on this machine. */
      readonly url: string;
      readonly data?: undefined;
    };

/** A file, a PDF above all: its bytes, or where the vendor finds them. */
export type FileContent = {
  readonly type: "file";
  /** "application/pdf", "text/plain" …: the vendor that is asked says what it takes. */
  readonly mediaType: string;
  /** What the model may call it. */
  readonly name?: string;
} & (
  | { /** The bytes, base64. */ readonly data: string; readonly url?: undefined }
  | {
      /** http or https: the vendor fetches it, nobody on this machine. */
      readonly url: string;
      readonly data?: undefined;
    }
);

/** A piece of a user's message, or of a tool's result. */
export type UserContent = TextContent | ImageContent | FileContent;

/** What a model thought. */
export interface ReasoningContent {
  readonly type: "reasoning";
  readonly text: string;
  /** What the vendor wants back with the thought, unchanged; it begins with the provider's id. */
  readonly signature?: string;
}

/** A tool call at its place in an assistant's message. */
export interface ToolCallContent extends ToolCall {
  readonly type: "tool-call";
}

/** A piece of an assistant's message, or of a reply. */
export type AssistantContent = TextContent | ReasoningContent | ToolCallContent;

/** A model's wish to have a tool called. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** The arguments, parsed from the model's JSON. */
  readonly input: unknown;
  /** What the vendor wants back with the call, unchanged: a proof of the thought behind it. */
  readonly signature?: string;
}

/** A tool that the model may ask for. */
export interface Tool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments. */
  readonly inputSchema: JsonSchema;
  /** The vendor holds the arguments to the schema. */
  readonly strict?: boolean;
}

/**
 * Whether the model calls a tool: as it likes, never, one at least, or this one. It needs `tools`.
 */
export type ToolChoice = "auto" | "none" | "required" | { readonly tool: string };

/** How long a model thinks before it answers; a provider says to what it maps those its vendor lacks. */
export type ReasoningLevel = "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max";

/** A JSON Schema as an object; the vendor that is asked says which keywords it takes. */
export type JsonSchema = { readonly [member: string]: unknown };

/** A message as a caller writes it; a string stands for one piece of text. */
export type Message =
  | { readonly role: "system"; readonly content: string | readonly TextContent[] }
  | { readonly role: "user"; readonly content: string | readonly UserContent[] }
  | {
      readonly role: "assistant";
      /** In its order, as `content` of a reply has it. */
      readonly content: string | readonly AssistantContent[];
      /** The calls, where they do not stand in the content: they are taken to come after it. */
      readonly toolCalls?: readonly ToolCall[];
    }
  | {
      readonly role: "tool";
      readonly toolCallId: string;
      readonly content: string | readonly UserContent[];
      /** The tool failed, and the content says how. @default false */
      readonly isError?: boolean;
    };

/**
 * What is asked; `T` is what its schema makes of the answer. Every member is part of the cache's key,
 * `metadata` alone excepted.
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
  /** What the vendor is told that the schema is called: letters, digits, `_` and `-`, 64 at most. */
  readonly schemaName?: string;
  /** The answer is JSON of no given shape. Of no effect beside `schema`. */
  readonly json?: true;
  readonly tools?: readonly Tool[];
  /** @default "auto" */
  readonly toolChoice?: ToolChoice;
  /** False: one tool call a turn at most. @default the vendor's */
  readonly parallelTools?: boolean;
  /**
   * By provider id: members that are laid into the body of its SDK mode's request. Only those of
   * the provider that is asked count, and are part of the key.
   */
  readonly vendor?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Another answer to the same question: 0, 1, 2 … are different cache entries. */
  readonly sample?: number;
  /** The caller's own notes; not sent, not part of the key. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The answer's shape: JSON Schema, and a check that throws where a value does not fit. */
export interface JsonSchemaSource<T = unknown> {
  readonly jsonSchema: JsonSchema;
  /** Gives what becomes of the value; what it throws says where the value does not fit. */
  readonly validate: (value: unknown) => T | Promise<T>;
}

/**
 * A schema of any library that speaks Standard Schema with JSON Schema: zod from 4.2 on, arktype,
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
  /** What else a library may be told, each in its own words. */
  readonly libraryOptions?: Record<string, unknown>;
}

/** What a Standard Schema says of a value. */
export type StandardResult<T = unknown> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** Where a value does not fit a Standard Schema, and in what. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
