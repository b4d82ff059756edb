import type { UserContent } from "@acc/dual-mode";
import { Failure, UsageError } from "../failure.ts";
import { nearest } from "../input/nearest.ts";
import { printableLine } from "../output/printable.ts";
import type { FoundTool, ToolSource } from "./found-tool.ts";
import { contentOf, type McpResult } from "./mcp-content.ts";
import type { McpServerSetting, McpServers } from "./mcp-setting.ts";
import { type McpClient, type McpTransport, openTransport } from "./mcp-transport.ts";

/** Time for a server to start and to list its tools, in ms; `npx` may have to download it first. */
const toBegin = 60_000;

/** Time for one call, in ms; `--timeout` shortens it. */
const toCall = 600_000;

/** The most pages of tools that are requested. */
const mostPages = 100;

/**
 * The tools of a server in the config file, which is started or connected to.
 * @throws UsageError if there is no such server, Failure if it cannot be used
 */
export async function mcpTools(
  name: string,
  servers: McpServers,
  unlock: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<ToolSource> {
  const setting = Object.hasOwn(servers, name) ? servers[name] : undefined;
  if (setting === undefined) throw unknownServer(name, servers);
  const transport = await openTransport(name, setting, unlock);
  const { client } = transport;
  try {
    await client.connect(transport.transport, { timeout: toBegin, signal });
    const tools = client.getServerCapabilities()?.tools ? await listed(client, signal) : [];
    if (tools.length === 0) throw new Error("it has no tools");
    return {
      tools: tools.map((tool) => found(name, tool, transport)),
      close: () => client.close(),
    };
  } catch (error) {
    await client.close().catch(() => {});
    signal.throwIfAborted();
    throw unusable(name, setting, transport.said(), error);
  }
}

type ListedTool = Awaited<ReturnType<McpClient["listTools"]>>["tools"][number];

/** Lists the tools of all pages; a server might repeat a page forever. */
async function listed(client: McpClient, signal: AbortSignal): Promise<readonly ListedTool[]> {
  const tools = new Map<string, ListedTool>();
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const asked = cursor === undefined ? {} : { cursor };
    const { tools: more, nextCursor } = await client.listTools(asked, { timeout: toBegin, signal });
    for (const tool of more) tools.set(tool.name, tool);
    if (nextCursor === undefined || nextCursor === cursor) break;
    cursor = nextCursor;
  }
  return [...tools.values()];
}

function found(server: string, tool: ListedTool, { client, said }: McpTransport): FoundTool {
  const { name, description, inputSchema } = tool;
  return {
    name,
    ...(description !== undefined && { description }),
    inputSchema,
    from: `mcp:${server}`,
    run: async (input: unknown, { signal }): Promise<string | readonly UserContent[]> => {
      const asked = { name, arguments: Object(input) as Record<string, unknown> };
      const patience = { signal, timeout: toCall, resetTimeoutOnProgress: true, onprogress() {} };
      const result = await client.callTool(asked, undefined, patience).catch((error: Error) => {
        throw new Error(failed(server, error, said()));
      });
      return contentOf(result as McpResult);
    },
  };
}

/** The last output of a server is useful if the server has ended. */
function failed(server: string, { message }: Error, said: string): string {
  const isGone = /closed|Not connected/i.test(message) && said !== "";
  return isGone ? `The MCP server ${server} has ended: ${said}` : message;
}

function unknownServer(name: string, servers: McpServers): UsageError {
  const names = Object.keys(servers);
  const near = nearest(name, names);
  const there = names.length === 0 ? "none is set" : `there are ${names.join(", ")}`;
  return new UsageError(
    `There is no MCP server "${name}"; ${there}.`,
    near
      ? `Did you mean mcp:${near}?`
      : `Name it in the config file: "mcpServers": { "${name}": { "command": "…", "args": ["…"] } }, or with "url".`,
    "MCP_SERVER_NOT_FOUND",
  );
}

function unusable(
  name: string,
  { command, url = "" }: McpServerSetting,
  said: string,
  cause: unknown,
): Failure {
  const why = cause instanceof Error ? cause.message : String(cause);
  const told = said === "" ? "" : ` It said: ${said}`;
  const needsKey = /401|unauthori[sz]ed/i.test(why);
  const fix = needsKey
    ? `Give it a token: acc secrets set ${name}_token, and "key": "${name}_token" in the config file.`
    : command === undefined
      ? `See whether it answers: curl -i ${url}`
      : `Run it by hand: ${command}`;
  return new Failure(
    "MCP_SERVER_FAILED",
    printableLine(`The MCP server ${name} cannot be used: ${why.replace(/\.$/, "")}.${told}`),
    printableLine(fix),
    cause,
  );
}
