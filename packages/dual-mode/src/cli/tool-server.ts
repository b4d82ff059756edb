import type { Tool } from "../contract/request.ts";
import type { PrivateFolder } from "./command.ts";
import type { ToolServer } from "./tool-server-start.ts";

/**
 * Writes an MCP server (stdio) into one file in the run's private folder. It lists these tools to a
 * command and runs none of them: a call of one is refused. The command starts the server, which
 * ends with the command's group, and its file is removed with the folder.
 *
 * @param tools Tools with the names that the command accepts: see `fitNames`.
 */
export async function writeToolServer(
  folder: PrivateFolder,
  tools: readonly Tool[],
): Promise<ToolServer> {
  const { openToolServer } = await import("../first-call.ts");
  return openToolServer(folder, tools);
}
