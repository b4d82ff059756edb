import type { Client, Tool, ToolFunction } from "@acc/dual-mode";
import { fitNames } from "@acc/dual-mode/provider";
import type { ChatOptions } from "../chat/parsed-flags.ts";
import { fileSettings } from "../config/resolve-settings.ts";
import { UsageError } from "../failure.ts";
import { nearest } from "../input/nearest.ts";
import { CallGate } from "./ask-first.ts";
import type { FoundTool, ToolSource } from "./found-tool.ts";
import { toolsClient } from "./tools-client.ts";

/** The form of a tool's name that vendors accept. */
const rule = { characters: /[\w-]/, longest: 64 };

/** Tools that acc calls itself. */
export interface OpenTools {
  readonly declared: readonly Tool[];
  /** Wraps a client so that its calls use these tools. */
  around(client: Client): Client;
  close(): Promise<void>;
}

/**
 * Loads the modules and starts the servers that `--tools` names, all at once.
 * @throws UsageError or Failure if one of them cannot be used; the others are then closed
 */
export async function openTools(
  words: readonly string[],
  options: Pick<ChatOptions, "yes" | "maxSteps" | "unlock">,
  signal: AbortSignal,
  beforeAsking: () => void,
): Promise<OpenTools> {
  const opening = words.map((word) => openSource(word, options.unlock, signal));
  const settled = await Promise.allSettled(opening);
  const sources = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const close = async () => {
    await Promise.all(sources.map((source) => source.close()));
  };
  try {
    const failed = settled.find((one) => one.status === "rejected");
    if (failed) throw failed.reason;
    const tools = named(sources.flatMap((source) => source.tools));
    const gate = new CallGate(allowedBy(options.yes ?? [], tools), beforeAsking);
    const { maxSteps } = options;
    const functions = Object.fromEntries(
      tools.map((tool): [string, ToolFunction] => [tool.name, gate.guarded(tool)]),
    );
    return {
      declared: tools.map(({ run: _, from: __, ...tool }) => tool),
      around: (client) =>
        toolsClient(
          client,
          { tools: functions, ...(maxSteps !== undefined && { maxSteps }) },
          gate,
        ),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openSource(
  word: string,
  unlock: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<ToolSource> {
  if (!word.startsWith("mcp:")) return (await import("./module-tools.ts")).moduleTools(word);
  const { mcpServers = {} } = await fileSettings();
  const { mcpTools } = await import("./mcp-tools.ts");
  return mcpTools(word.slice("mcp:".length), mcpServers, unlock, signal);
}

/**
 * Gives each tool a name of its own that vendors accept. If two have the same name, that of a
 * server's tool gets the server's name as its prefix.
 */
function named(tools: readonly FoundTool[]): readonly FoundTool[] {
  const count = (name: string) => tools.filter((tool) => tool.name === name).length;
  const whole = tools.map((tool) => {
    const server = tool.from.startsWith("mcp:") ? tool.from.slice("mcp:".length) : undefined;
    return count(tool.name) > 1 && server ? { ...tool, name: `${server}_${tool.name}` } : tool;
  });
  const names = whole.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new UsageError(`There are two tools with the name ${twice}.`, "Leave one of them out.");
  }
  const { fitted } = fitNames(names, rule);
  return whole.map((tool) => ({ ...tool, name: fitted(tool.name) }));
}

/** The tools that `--yes NAME` allows, or `--yes mcp:SERVER` for all tools of a server. */
function allowedBy(words: readonly string[], tools: readonly FoundTool[]): readonly string[] {
  return words.flatMap((word) => {
    const allowed = tools.filter(({ name, from }) => name === word || from === word);
    if (allowed.length > 0) return allowed.map(({ name }) => name);
    const names = tools.map(({ name }) => name);
    const near = nearest(word, names);
    throw new UsageError(
      `There is no tool "${word}" to call without a question.`,
      near ? `Did you mean ${near}?` : `There are ${names.join(", ")}.`,
    );
  });
}
