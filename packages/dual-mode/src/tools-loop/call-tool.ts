import type { ToolCall } from "../contract/request.ts";
import { foreignText } from "../text/foreign-text.ts";
import type { ToolFunction, ToolResultPart } from "./contract.ts";
import { toolContent } from "./tool-content.ts";

/** Makes one tool call. It never rejects: an error is passed to the model, which may do better. */
export async function callTool(
  { id, name, input }: ToolCall,
  tools: Readonly<Record<string, ToolFunction>>,
  signal: AbortSignal,
): Promise<ToolResultPart> {
  const started = performance.now();
  const end = (result: Pick<ToolResultPart, "content" | "isError">): ToolResultPart => {
    const ms = Math.round(performance.now() - started);
    return { type: "tool-result", id, name, ...result, ms };
  };
  try {
    const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
    if (tool === undefined) return end({ content: noSuchTool(name, tools), isError: true });
    return end({ content: toolContent(await tool(input, { id, name, signal })) });
  } catch (error) {
    return end({ content: said(error), isError: true });
  }
}

function noSuchTool(name: string, tools: object): string {
  const names = Object.keys(tools).sort().join(", ");
  return foreignText(`There is no tool "${name}". There are: ${names}.`);
}

/**
 * Returns the error's message without known secrets, because it often repeats an address or a
 * header.
 */
function said(error: unknown): string {
  if (error instanceof Error) return foreignText(error.message) || error.name;
  return foreignText(error) || "The tool failed.";
}
