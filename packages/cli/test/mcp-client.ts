import { delimiter, dirname } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { type AccHome, accMain } from "./acc.ts";

/** The protocol's own client, with a built `acc mcp` at the other end. */
export interface McpClient {
  readonly client: Client;
  readonly pid: number;
  /** What it has written to stderr. */
  stderr(): string;
  close(): Promise<void>;
}

export async function openMcp(
  { path }: AccHome,
  flags: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<McpClient> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [accMain, "mcp", ...flags],
    cwd: `${path}/project`,
    env: { HOME: path, PATH: [dirname(process.execPath), "/bin"].join(delimiter), ...env },
    stderr: "pipe",
  });
  let stderr = "";
  transport.stderr?.on("data", (text) => {
    stderr += text;
  });
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(transport);
  return {
    client,
    pid: transport.pid ?? 0,
    stderr: () => stderr,
    close: () => client.close(),
  };
}
