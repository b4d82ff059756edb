import type { Tool } from "@acc/dual-mode";
import { isMembers, type Members, membersAt, textAt, unknownType } from "../body/guards.ts";
import { type ToolSet, toolSet } from "../openai/tool-choice.ts";
import type { ChatBody } from "./chat-form.ts";

/** The tools of a body, in the present form or the one before it. */
export function readTools(body: ChatBody): ToolSet {
  const { tools, functions, tool_choice, function_call } = body;
  const listed = tools ?? [];
  const old = functions ?? [];
  const read = [
    ...listed.map((tool, index) => toTool(tool, `tools[${index}]`)),
    ...old.map((each, index) => functionTool(each, `functions[${index}]`)),
  ];
  return toolSet({
    tools: read,
    choice: tool_choice ?? function_call,
    parallel: body.parallel_tool_calls,
    nameOf: (choice) => (isMembers(choice.function) ? choice.function.name : choice.name),
  });
}

function toTool(tool: Members, at: string): Tool {
  if (tool.type !== "function") throw unknownType(tool.type, at, ["function"]);
  return functionTool(membersAt(tool.function, `${at}.function`), `${at}.function`);
}

/** A tool that takes nothing may come without parameters. */
function functionTool(tool: Members, at: string): Tool {
  const { description, parameters, strict } = tool;
  return {
    name: textAt(tool.name, `${at}.name`),
    inputSchema: isMembers(parameters) ? parameters : { type: "object", properties: {} },
    ...(typeof description === "string" && { description }),
    ...(strict === true && { strict }),
  };
}
