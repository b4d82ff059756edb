import {
  type CanonicalRequest,
  type PrivateFolder,
  writeToolServer,
} from "@acc/dual-mode/provider";
import { checkTool } from "./check-tool.ts";
import { serverName, type ToolNames } from "./tool-names.ts";

/**
 * Makes an MCP server list the request's tools for this run, so that the CLI sends exactly these,
 * and can run none of them. Returns no arguments if the request has no tools.
 * @throws {@link DualModeError} `UNSUPPORTED_FEATURE` for a tool that the CLI would change or leave out
 */
export async function listTools(
  { tools = [] }: CanonicalRequest,
  names: ToolNames,
  version: string | undefined,
  folder: PrivateFolder,
): Promise<readonly string[]> {
  if (tools.length === 0) return [];
  for (const [index, tool] of tools.entries()) checkTool(tool, index, version);
  const listed = tools.map((tool) => ({ ...tool, name: names.listed(tool.name) }));
  const server = await writeToolServer(folder, listed);
  const config = { mcpServers: { [serverName]: { type: "stdio", alwaysLoad: true, ...server } } };
  return ["--mcp-config", await folder.write("mcp.json", JSON.stringify(config))];
}

/** Makes the CLI wait for the list of tools, and send all of it. */
export function toolsEnvironment({ tools }: CanonicalRequest): Readonly<Record<string, string>> {
  if (tools === undefined) return {};
  return {
    // By default, a version sends the request without waiting for a server (2.1.197), or, if there
    // are many tools, only tells the model that it can search for them.
    MCP_CONNECTION_NONBLOCKING: "0",
    MCP_TIMEOUT: "60000",
    MCP_CONNECT_TIMEOUT_MS: "60000",
    ENABLE_TOOL_SEARCH: "false",
    CLAUDE_CODE_MAX_MCP_DESCRIPTION_LENGTH: "100000000",
  };
}

/** Converts the request's choice to a member of the body that the CLI sends. */
export function toToolChoice(
  { toolChoice, parallelTools }: CanonicalRequest,
  names: ToolNames,
): object | undefined {
  if (toolChoice === "none") return { type: "none" };
  const one = parallelTools === false && { disable_parallel_tool_use: true };
  if (toolChoice === "required") return { type: "any", ...one };
  if (toolChoice !== undefined) return { type: "tool", name: names.sent(toolChoice.tool), ...one };
  return one ? { type: "auto", ...one } : undefined;
}
