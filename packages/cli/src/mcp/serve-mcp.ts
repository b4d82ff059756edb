import { noteInterrupt } from "../interrupt.ts";
import { tell } from "../output/terminal.ts";
import { loadBeside } from "../start/load-beside.ts";
import { Asker } from "./asker.ts";
import { callTool, type Notify } from "./call-tool.ts";
import type { McpOptions } from "./mcp-options.ts";
import { ownStdout } from "./own-stdout.ts";
import { tools } from "./tools.ts";

type McpFile = typeof import("../mcp-file.ts");

const instructions =
  "Tools to ask other language models. They see only what a call sends along: put all that matters into " +
  "the prompt, or name files. The same question is answered from a cache.";

/** Serves on stdin and stdout until the client leaves, then aborts the calls in progress. */
export async function serveMcp(options: McpOptions, version: string): Promise<void> {
  if (process.stdin.isTTY) {
    tell("An agent speaks to acc mcp on stdin and stdout. acc mcp install claude registers it.");
  }
  const asker = await Asker.open(options);
  const out = ownStdout();
  const file = loadBeside<McpFile>("./mcp-file.cjs");
  const { CallToolRequestSchema, ListToolsRequestSchema, Server, StdioServerTransport } = file;
  const server = new Server(
    { name: "acc", title: "acc", version },
    { capabilities: { tools: {} }, instructions },
  );
  const ending = new AbortController();
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...tools] }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const { progressToken } = params._meta ?? {};
    const notify: Notify = async (progress, message) => {
      if (progressToken === undefined) return;
      const told = { progressToken, progress, message };
      await extra.sendNotification({ method: "notifications/progress", params: told });
    };
    const signal = AbortSignal.any([extra.signal, ending.signal]);
    return callTool(asker, params.name, params.arguments, signal, notify);
  });
  const left = whenLeft();
  await server.connect(new StdioServerTransport(process.stdin, out));
  await left;
  ending.abort();
  await server.close();
  await asker.clients.close();
  process.stdin.destroy();
}

/**
 * Resolves when the client closes stdin or the process is told to end, so that it does not outlive
 * its client.
 */
function whenLeft(): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ["end", "close", "error"]) process.stdin.once(event, () => resolve());
    process.stdout.once("error", () => resolve());
    process.once("SIGINT", () => {
      noteInterrupt();
      resolve();
    });
    for (const signal of ["SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
}
