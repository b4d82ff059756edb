import type { Tool } from "../contract/request.ts";
import type { PrivateFolder } from "./command.ts";
import type { ToolServer } from "./tool-server-start.ts";

/**
 * Writes an MCP server (stdio) into the run's private folder, one file, that lists these tools to a
 * command and runs none of them: a call of one is refused. The command starts it, it ends with the
 * command's group, and its file goes with the folder.
 *
 * @param tools With names as the command takes them: see `fitNames`.
 */
export async function writeToolServer(
  folder: PrivateFolder,
  tools: readonly Tool[],
): Promise<ToolServer> {
  const { openToolServer } = await import("../first-call.ts");
  return openToolServer(folder, tools);
}
