/** How a command starts an MCP server (stdio): what its configuration wants to know. */
export interface ToolServer {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}
