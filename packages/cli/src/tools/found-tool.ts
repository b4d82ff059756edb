import type { Tool, ToolFunction } from "@acc/dual-mode";

/** A tool that acc can call, and where it is from. */
export interface FoundTool extends Tool {
  readonly run: ToolFunction;
  /** As `--tools` named it. */
  readonly from: string;
}

/** What one word of `--tools` brought. */
export interface ToolSource {
  readonly tools: readonly FoundTool[];
  close(): Promise<void>;
}
