import type { Tool } from "@acc/dual-mode";
import { isMembers, type Members, membersAt, textAt, unknownType } from "../body/guards.ts";
import { type ToolSet, toolSet } from "../openai/tool-choice.ts";
import { customTool, functionTool, toolMembers } from "../openai/tool-kinds.ts";
import type { ChatBody } from "./chat-form.ts";

/** The tools of a body, and which of them need another form or were left out. */
export interface ChatTools {
  readonly set: ToolSet;
  /** Names of the tools that take free text. */
  readonly custom: ReadonlySet<string>;
  /** Types of tools that only a vendor's own servers run: they were left out. */
  readonly ignored: readonly string[];
}

/**
 * Reads the tools of a body: `tools`, or the older `functions`. A tool that no model here has is
 * left out and reported if there are other tools; alone it is refused, because the request depends
 * on it.
 */
export function readTools(body: ChatBody): ChatTools {
  const { tools, functions, tool_choice, function_call } = body;
  const custom = new Set<string>();
  const ignored = new Set<string>();
  const listed = (tools ?? []).flatMap((tool, index) => toTool(tool, `tools[${index}]`));
  const old = (functions ?? []).map((each, index) => named(each, `functions[${index}]`));
  const read = [...listed, ...old];
  const [alone] = ignored;
  if (read.length === 0 && alone !== undefined) {
    throw unknownType(alone, "tools[0]", ["function", "custom"]);
  }
  const set = toolSet({
    tools: read,
    choice: tool_choice ?? function_call,
    parallel: body.parallel_tool_calls,
    nameOf: chosenName,
  });
  return { set, custom, ignored: [...ignored] };

  function toTool(tool: Members, at: string): Tool[] {
    const { type, members, at: here } = toolMembers(tool, at);
    if (type === "function") return [named(membersAt(members, here), here)];
    if (type !== "custom") {
      ignored.add(type);
      return [];
    }
    const name = textAt(members.name, `${here}.name`);
    custom.add(name);
    return [customTool(members, name)];
  }
}

function named(tool: Members, at: string): Tool {
  return functionTool(tool, textAt(tool.name, `${at}.name`));
}

function chosenName({ function: one, custom, name }: Members): unknown {
  const inside = [one, custom].find(isMembers);
  return inside === undefined ? name : inside.name;
}
