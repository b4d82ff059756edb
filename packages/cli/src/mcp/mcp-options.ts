/** How `acc mcp` is started. */
export interface McpOptions {
  /** US dollars that all calls of this process may cost together. */
  readonly maxCost?: number;
  /** How many answers may be asked of vendors in this process. */
  readonly maxCalls?: number;
  /** Folders whose files may be sent along, besides the working folder. */
  readonly root?: readonly string[];
}
