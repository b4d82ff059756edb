import type { Tool } from "@acc/dual-mode";
import { isMembers, type Members, textAt } from "../body/guards.ts";
import { InvalidBody } from "../body/invalid-body.ts";
import { type ToolSet, toolSet } from "../openai/tool-choice.ts";
import type { MessagesBody } from "./messages-form.ts";

const choices: Readonly<Record<string, string>> = { auto: "auto", any: "required", none: "none" };

export function readTools({ tools, tool_choice: choice }: MessagesBody): ToolSet {
  const listed = tools ?? [];
  return toolSet({
    tools: listed.map((tool, index) => toTool(tool, `tools[${index}]`)),
    choice: choice && (choices[String(choice.type)] ?? choice),
    parallel: choice?.disable_parallel_tool_use === true ? false : undefined,
    nameOf: ({ name }) => name,
  });
}

/** Tools that the vendor runs, or knows by their type alone, have no schema that another could use. */
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
