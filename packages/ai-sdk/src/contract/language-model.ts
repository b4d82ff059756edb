import type { ModelCallOptions } from "./call-options.ts";

/** A language model of one version of the AI SDK's interface. */
export interface LanguageModel<Version extends string, Result, Part> {
  readonly specificationVersion: Version;
  /** "acc". */
  readonly provider: string;
  /** As it was asked for: "claude/claude-sonnet-5-5". */
  readonly modelId: string;
  /** None: the AI SDK fetches what a prompt names by its address, and hands on the bytes. */
  readonly supportedUrls: Record<string, RegExp[]>;
  /** Throws errors of the AI SDK's kinds; their `cause` is the `DualModeError`. */
  doGenerate(options: ModelCallOptions): Promise<Result>;
  /** Waits for the first content: what fails before it rejects. */
  doStream(options: ModelCallOptions): Promise<{ stream: ReadableStream<Part> }>;
}
