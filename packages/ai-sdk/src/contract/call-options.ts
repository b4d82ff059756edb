import type { PromptMessage, ProviderOptions } from "./prompt.ts";

/** A tool of the app, or one that a vendor runs. */
export type CallTool =
  | {
      readonly type: "function";
      readonly name: string;
      readonly description?: string | undefined;
      readonly inputSchema: object;
      readonly inputExamples?: readonly { readonly input: object }[] | undefined;
      readonly strict?: boolean | undefined;
    }
  | { readonly type: "provider" | "provider-defined"; readonly id: string; readonly name: string };

export type CallToolChoice =
  | { readonly type: "auto" | "none" | "required" }
  | { readonly type: "tool"; readonly toolName: string };

export type ResponseFormat =
  | { readonly type: "text" }
  | {
      readonly type: "json";
      readonly schema?: object | undefined;
      readonly name?: string | undefined;
      readonly description?: string | undefined;
    };

/** The options with which the AI SDK calls a model, in any of its versions. */
export interface ModelCallOptions {
  readonly prompt: readonly PromptMessage[];
  readonly maxOutputTokens?: number | undefined;
  readonly temperature?: number | undefined;
  readonly stopSequences?: readonly string[] | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly presencePenalty?: number | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly responseFormat?: ResponseFormat | undefined;
  readonly seed?: number | undefined;
  readonly tools?: readonly CallTool[] | undefined;
  readonly toolChoice?: CallToolChoice | undefined;
  readonly includeRawChunks?: boolean | undefined;
  readonly abortSignal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  /** Only in `ai` 7; for 5 and 6 it is in `providerOptions.acc`. */
  readonly reasoning?: string | undefined;
  readonly providerOptions?: ProviderOptions | undefined;
}
