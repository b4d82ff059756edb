import type { Tool } from "@acc/dual-mode";
import { listAt, type Members, membersAt, textAt } from "../body/guards.ts";
import { type ToolSet, toolSet } from "../openai/tool-choice.ts";
import { customTool, functionTool, toolMembers } from "../openai/tool-kinds.ts";
import type { ResponsesBody } from "./responses-form.ts";
import { flatName, type ToolName, type ToolNames } from "./tool-names.ts";

/** The tools of a body, and which of them have other names or were left out. */
export interface ResponsesTools {
  readonly set: ToolSet;
  readonly names: ToolNames;
  /**
   * Types of tools that only OpenAI's own servers run, or that a client does not need: they were
   * left out.
   */
  readonly ignored: readonly string[];
}

/**
 * Reads the tools of a body. Agents offer all tools that they have, and a request does not depend
 * on each of them, so a tool that is neither a function nor a custom tool is left out and reported
 * (CommandCodeAI/command-code#885).
 */
export function readTools(body: ResponsesBody): ResponsesTools {
  const reader = new ToolReader();
  for (const [list, at] of toolLists(body)) {
    for (const [index, tool] of list.entries()) reader.add(tool, `${at}[${index}]`);
  }
  const { tools, names, ignored } = reader;
  const { tool_choice: choice, parallel_tool_calls: parallel } = body;
  const nameOf = ({ name, namespace }: Members) => flatName(String(name), namespace);
  const set = toolSet({ tools, choice, parallel, nameOf });
  return { set, names, ignored: [...ignored] };
}

/** Returns the tools of the body, and those in its input, where Codex puts them for some models. */
function toolLists({ tools, input }: ResponsesBody): readonly [readonly Members[], string][] {
  const items = typeof input === "string" ? [] : [...input.entries()];
  const added = items.flatMap(([index, item]): [readonly Members[], string][] => {
    const at = `input[${index}].tools`;
    if (item.type !== "additional_tools") return [];
    return [[listAt(item.tools, at).map((tool, n) => membersAt(tool, `${at}[${n}]`)), at]];
  });
  return [[tools ?? [], "tools"], ...added];
}

class ToolReader {
  readonly tools: Tool[] = [];
  readonly names = new Map<string, ToolName>();
  readonly ignored = new Set<string>();

  add(tool: Members, at: string, namespace?: string): void {
    const { type } = tool;
    if (type === "namespace") {
      const group = textAt(tool.name, `${at}.name`);
      for (const [index, one] of listAt(tool.tools, `${at}.tools`).entries()) {
        const here = `${at}.tools[${index}]`;
        this.add(membersAt(one, here), here, group);
      }
      return;
    }
    const { members, at: here, type: kind } = toolMembers(tool, at);
    const isCustom = kind === "custom";
    if (kind !== "function" && !isCustom) {
      this.ignored.add(kind);
      return;
    }
    const name = textAt(members.name, `${here}.name`);
    const flat = flatName(name, namespace);
    this.tools.push(isCustom ? customTool(members, flat) : functionTool(members, flat));
    this.names.set(flat, { name, isCustom, ...(namespace !== undefined && { namespace }) });
  }
}
