import type { Tool } from "@acc/dual-mode";
import { isMembers, type Members, textAt } from "../body/guards.ts";
import { InvalidBody } from "../body/invalid-body.ts";
import { type ToolSet, toolSet } from "../openai/tool-choice.ts";
import type { ResponsesBody } from "./responses-form.ts";

/** The tools of a body, and what of them is told in another way. */
export interface ResponsesTools {
  readonly set: ToolSet;
  /** Tools that take text of any form, and not JSON. */
  readonly custom: ReadonlySet<string>;
  /** Types of tools that OpenAI's own servers run: no other model has them. */
  readonly ignored: readonly string[];
}

export function readTools(body: ResponsesBody): ResponsesTools {
  const tools: Tool[] = [];
  const custom = new Set<string>();
  const ignored: string[] = [];
  for (const [index, tool] of (body.tools ?? []).entries()) {
    const at = `tools[${index}]`;
    if (tool.type === "function") {
      tools.push(functionTool(tool, at));
    } else if (tool.type === "custom") {
      tools.push(customTool(tool, at));
      custom.add(String(tool.name));
    } else if (hosted.test(String(tool.type))) {
      ignored.push(String(tool.type));
    } else {
      const message = `${at} is of type ${JSON.stringify(tool.type)}: this server takes "function" and "custom".`;
      throw new InvalidBody(message, `${at}.type`);
    }
  }
  const { tool_choice: choice, parallel_tool_calls: parallel } = body;
  const set = toolSet({ tools, choice, parallel, nameOf: ({ name }) => name });
  return { set, custom, ignored };
}

/** Codex offers a search of the web by itself: a request does not depend on it. */
const hosted =
  /^(web_search|file_search|code_interpreter|image_generation|computer|mcp|tool_search|local_shell)/;

function functionTool(tool: Members, at: string): Tool {
  const { description, parameters, strict } = tool;
  return {
    name: textAt(tool.name, `${at}.name`),
    inputSchema: isMembers(parameters) ? parameters : { type: "object", properties: {} },
    ...(typeof description === "string" && { description }),
    ...(strict === true && { strict }),
  };
}

/** A tool whose input is text: any model can write it as one member, and is told its grammar. */
function customTool(tool: Members, at: string): Tool {
  const { description, format } = tool;
  const said = typeof description === "string" ? description : "";
  const { type, syntax, definition } = isMembers(format) ? format : {};
  const grammar =
    type === "grammar" && typeof definition === "string"
      ? `The input follows this ${typeof syntax === "string" ? syntax : ""} grammar:\n${definition}`
      : "";
  return {
    name: textAt(tool.name, `${at}.name`),
    description: [said, grammar].filter(Boolean).join("\n\n"),
    inputSchema: {
      type: "object",
      properties: { input: { type: "string", description: "The whole input of the tool." } },
      required: ["input"],
      additionalProperties: false,
    },
  };
}
