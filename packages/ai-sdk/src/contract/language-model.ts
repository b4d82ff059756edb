import type { ModelCallOptions } from "./call-options.ts";

/** A language model of one version of the AI SDK's interface. */
export interface LanguageModel<Version extends string, Result, Part> {
  readonly specificationVersion: Version;
  /** "acc". */
  readonly provider: string;
  /** The id that was requested, such as "claude/claude-sonnet-5-5". */
  readonly modelId: string;
  /**
   * None, so that the AI SDK downloads files that a prompt names by URL, and passes on the bytes.
   */
  readonly supportedUrls: Record<string, RegExp[]>;
  /** Throws the AI SDK's own kinds of errors; their `cause` is the `DualModeError`. */
  doGenerate(options: ModelCallOptions): Promise<Result>;
  /** Resolves with the first content; rejects if the call fails before it. */
  doStream(options: ModelCallOptions): Promise<{ stream: ReadableStream<Part> }>;
}
