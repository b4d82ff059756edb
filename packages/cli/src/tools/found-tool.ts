import type { Tool, ToolFunction } from "@acc/dual-mode";

/** A tool that acc can call, and where it comes from. */
export interface FoundTool extends Tool {
  readonly run: ToolFunction;
  /** The word of `--tools` that named its source. */
  readonly from: string;
}

/** The tools of one word of `--tools`. */
export interface ToolSource {
  readonly tools: readonly FoundTool[];
  close(): Promise<void>;
}
