import type { Tool } from "@acc/dual-mode";
import { isMembers, listAt, type Members, membersAt, textAt } from "../body/guards.ts";
import { type ToolSet, toolSet } from "../openai/tool-choice.ts";
import type { ResponsesBody } from "./responses-form.ts";
import { flatName, type ToolName, type ToolNames } from "./tool-names.ts";

/** The tools of a body, and what of them is told in another way. */
export interface ResponsesTools {
  readonly set: ToolSet;
  readonly names: ToolNames;
  /** Types of tools that OpenAI's own servers run, or that a client does not need: no model has them. */
  readonly ignored: readonly string[];
}

/**
 * An agent offers what it has, and a request does not depend on each: what is no function here is left
 * out, and named (CommandCodeAI/command-code#885).
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

/** Those of the body, and those that stand among its input, as Codex has them for some models. */
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
    if (type !== "function" && type !== "custom") {
      this.ignored.add(String(type));
      return;
    }
    const name = textAt(tool.name, `${at}.name`);
    const flat = flatName(name, namespace);
    const isCustom = type === "custom";
    this.tools.push(isCustom ? customTool(tool, flat) : functionTool(tool, flat));
    this.names.set(flat, { name, isCustom, ...(namespace !== undefined && { namespace }) });
  }
}

function functionTool(tool: Members, name: string): Tool {
  const { description, parameters, strict } = tool;
  return {
    name,
    inputSchema: isMembers(parameters) ? parameters : { type: "object", properties: {} },
    ...(typeof description === "string" && { description }),
    ...(strict === true && { strict }),
  };
}

/** A tool whose input is text: any model can write it as one member, and is told its grammar. */
function customTool(tool: Members, name: string): Tool {
  const { description, format } = tool;
  const said = typeof description === "string" ? description : "";
  const { type, syntax, definition } = isMembers(format) ? format : {};
  const grammar =
    type === "grammar" && typeof definition === "string"
      ? `The input follows this ${typeof syntax === "string" ? syntax : ""} grammar:\n${definition}`
      : "";
  return {
    name,
    description: [said, grammar].filter(Boolean).join("\n\n"),
    inputSchema: {
      type: "object",
      properties: { input: { type: "string", description: "The whole input of the tool." } },
      required: ["input"],
      additionalProperties: false,
    },
  };
}
