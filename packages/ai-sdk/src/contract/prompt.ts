/** Options for each provider, by its name; ours is `acc`. */
export type ProviderOptions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Optioned {
  readonly providerOptions?: ProviderOptions | undefined;
}

/** Bytes, base64 or a URL; version 4 says which one it is. */
export type FileData =
  | Uint8Array
  | string
  | URL
  | { readonly type: "data"; readonly data: Uint8Array | string }
  | { readonly type: "url"; readonly url: URL | string }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "reference"; readonly reference: unknown };

export interface FilePart extends Optioned {
  readonly type: "file";
  readonly filename?: string | undefined;
  readonly data: FileData;
  /** May lack its second half: "image", "image/*". */
  readonly mediaType: string;
}

export interface TextPart extends Optioned {
  readonly type: "text";
  readonly text: string;
}

export interface ReasoningPart extends Optioned {
  readonly type: "reasoning";
  readonly text: string;
}

export interface ToolCallPart extends Optioned {
  readonly type: "tool-call";
  readonly toolCallId: string;
  readonly toolName: string;
  readonly input: unknown;
  readonly providerExecuted?: boolean | undefined;
}

/** The output of a tool, in the form of any version. */
export type ToolOutput =
  | { readonly type: "text" | "error-text"; readonly value: string }
  | { readonly type: "json" | "error-json"; readonly value: unknown }
  | { readonly type: "execution-denied"; readonly reason?: string | undefined }
  | { readonly type: "content"; readonly value: readonly ToolOutputPiece[] };

export type ToolOutputPiece =
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "file" | "file-data" | "image-data" | "media";
      readonly data: FileData;
      readonly mediaType: string;
      readonly filename?: string | undefined;
    }
  | {
      readonly type: "file-url" | "image-url";
      readonly url: string;
      readonly mediaType?: string | undefined;
    }
  | { readonly type: "file-id" | "image-file-id" | "custom" };

export interface ToolResultPart extends Optioned {
  readonly type: "tool-result";
  readonly toolCallId: string;
  readonly toolName: string;
  readonly output: ToolOutput;
}

/** Parts that are sent to no model. */
export interface OtherPart extends Optioned {
  readonly type: "custom" | "reasoning-file" | "tool-approval-response";
}

export type AssistantPart =
  | TextPart
  | FilePart
  | ReasoningPart
  | ToolCallPart
  | ToolResultPart
  | OtherPart;

/** A message as the AI SDK passes it to a model of version 2, 3 or 4. */
export type PromptMessage =
  | ({ readonly role: "system"; readonly content: string } & Optioned)
  | ({ readonly role: "user"; readonly content: readonly (TextPart | FilePart)[] } & Optioned)
  | ({ readonly role: "assistant"; readonly content: readonly AssistantPart[] } & Optioned)
  | ({
      readonly role: "tool";
      readonly content: readonly (ToolResultPart | OtherPart)[];
    } & Optioned);
