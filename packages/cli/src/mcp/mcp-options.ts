/** The options of `acc mcp`. */
export interface McpOptions {
  /** The most that all calls of this process may cost together, in US dollars. */
  readonly maxCost?: number;
  /** The most calls of this process that may reach a vendor. */
  readonly maxCalls?: number;
  /** Folders whose files may be sent, besides the working folder. */
  readonly root?: readonly string[];
}
