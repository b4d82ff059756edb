import { dirname, isAbsolute, resolve } from "node:path";
import { findCommand } from "@acc/dual-mode/provider";
import { redact } from "@acc/secrets/redact";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import packageJson from "../../package.json" with { type: "json" };
import { configPath } from "../config/config-folder.ts";
import { Failure, UsageError } from "../failure.ts";
import { openOnce } from "../secrets/open-once.ts";
import type { Hidden, McpServerSetting } from "./mcp-setting.ts";

export type McpClient = Client;

/** A client of a server, and the connection that it uses. */
export interface McpTransport {
  readonly client: Client;
  readonly transport: Transport;
  /** The last lines that the server wrote on stderr. */
  said(): string;
}

/** The most characters of a server's stderr that are kept. */
const mostSaid = 2000;

/** @throws Failure `MCP_NOT_INSTALLED`, `COMMAND_NOT_FOUND`; UsageError if a secret is missing */
export async function openTransport(
  name: string,
  setting: McpServerSetting,
  unlock: readonly string[] | undefined,
): Promise<McpTransport> {
  const { Client } = await installed(() => import("@modelcontextprotocol/sdk/client/index.js"));
  const client = new Client({ name: "acc", version: packageJson.version });
  const reveal = (table: Readonly<Record<string, Hidden>> = {}) => revealed(name, table, unlock);
  if (setting.url !== undefined) {
    const { StreamableHTTPClientTransport } = await installed(
      () => import("@modelcontextprotocol/sdk/client/streamableHttp.js"),
    );
    const { key } = setting;
    const bearer = key && (await reveal({ key: { secret: key } })).key;
    const headers = {
      ...(await reveal(setting.headers)),
      ...(bearer && { authorization: `Bearer ${bearer}` }),
    };
    const url = new URL(setting.url);
    const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers } });
    return { client, transport: transport as Transport, said: () => "" };
  }
  const { StdioClientTransport } = await installed(
    () => import("@modelcontextprotocol/sdk/client/stdio.js"),
  );
  const transport = new StdioClientTransport({
    command: await commandOf(name, setting.command ?? ""),
    args: [...(setting.args ?? [])],
    env: await reveal(setting.env),
    ...(setting.cwd !== undefined && { cwd: fromConfig(setting.cwd) }),
    stderr: "pipe",
  });
  let said = "";
  transport.stderr?.on("data", (bytes: Buffer) => {
    said = `${said}${bytes.toString()}`.slice(-mostSaid);
  });
  return { client, transport, said: () => redact(said).trim().split("\n").slice(-5).join(" ") };
}

/** Loads the SDK, which users who want it install next to acc. */
async function installed<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const message =
      "The package @modelcontextprotocol/sdk, which speaks to MCP servers, is not installed.";
    const fix = "Run: npm install -g @modelcontextprotocol/sdk";
    throw new Failure("MCP_NOT_INSTALLED", message, fix, cause);
  }
}

/**
 * Finds a path relative to the config file, or a command as every command is found, never in the
 * working folder.
 */
async function commandOf(server: string, command: string): Promise<string> {
  if (/[\\/]/.test(command)) return fromConfig(command);
  const context = { cliPath: undefined, env: process.env };
  const found = await findCommand({ name: command, provider: "mcp" }, context);
  if (found !== undefined) return found.path;
  throw new Failure(
    "COMMAND_NOT_FOUND",
    `The command ${command} of the MCP server ${server} was not found.`,
    "Install it, or give its whole path in the config file.",
  );
}

function fromConfig(path: string): string {
  return isAbsolute(path) ? path : resolve(dirname(configPath()), path);
}

async function revealed(
  server: string,
  table: Readonly<Record<string, Hidden>>,
  unlock: readonly string[] | undefined,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(table)) {
    values[name] = typeof value === "string" ? value : await secretOf(server, value.secret, unlock);
  }
  return values;
}

async function secretOf(
  server: string,
  name: string,
  unlock: readonly string[] | undefined,
): Promise<string> {
  const secret = await (await openOnce(unlock)).get(name);
  if (secret !== undefined) return secret.reveal();
  throw new UsageError(
    `The MCP server ${server} wants the secret ${name}, which is not there.`,
    `Run: acc secrets set ${name}`,
    "NOT_FOUND",
  );
}
