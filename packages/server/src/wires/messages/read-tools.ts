import type { Tool } from "@acc/dual-mode";
import { isMembers, type Members, textAt } from "../body/guards.ts";
import { InvalidBody } from "../body/invalid-body.ts";
import { type ToolSet, toolSet } from "../openai/tool-choice.ts";
import type { MessagesBody } from "./messages-form.ts";

const choices: Readonly<Record<string, string>> = { auto: "auto", any: "required", none: "none" };

/** The tools of a body, and the types of those that were left out. */
export interface MessagesTools {
  readonly set: ToolSet;
  readonly ignored: readonly string[];
}

/**
 * Reads the tools of a body. Those that the vendor's own servers run are left out and reported if
 * the program has other tools; alone they are refused, because the request depends on them, as when
 * Claude Code searches the web (zts212653/clowder-ai#1077).
 */
export function readTools({ tools, tool_choice: choice }: MessagesBody): MessagesTools {
  const listed = (tools ?? []).map((tool, index) => [tool, `tools[${index}]`] as const);
  const own = listed.filter(([{ type }]) => !ofTheVendor.test(String(type)));
  const asked = own.length === 0 ? listed : own;
  const set = toolSet({
    tools: asked.map(([tool, at]) => toTool(tool, at)),
    choice: choice && (choices[String(choice.type)] ?? choice),
    parallel: choice?.disable_parallel_tool_use === true ? false : undefined,
    nameOf: ({ name }) => name,
  });
  const left = listed.filter((each) => !asked.includes(each)).map(([{ type }]) => String(type));
  return { set, ignored: [...new Set(left)] };
}

const ofTheVendor = /^(web_search|web_fetch|code_execution|tool_search_tool|mcp_toolset|advisor)/;

/**
 * Refuses tools that the vendor runs, or knows by their type alone: they have no schema that
 * another model could use.
 */
function toTool(tool: Members, at: string): Tool {
  const { type = "custom", description, input_schema: schema, strict } = tool;
  if (type !== "custom" && type !== null) {
    const message = `${at} is of type ${JSON.stringify(type)}: this server takes tools of your own, with an input_schema.`;
    throw new InvalidBody(message, `${at}.type`);
  }
  return {
    name: textAt(tool.name, `${at}.name`),
    inputSchema: isMembers(schema) ? schema : { type: "object", properties: {} },
    ...(typeof description === "string" && { description }),
    ...(strict === true && { strict }),
  };
}
