import type { Tool } from "@acc/dual-mode";
import { isMembers, type Members } from "../body/guards.ts";

/** A tool of a body, in whichever form it was written. */
export interface ToolMembers {
  readonly type: string;
  readonly members: Members;
  /** The path of the members in the body. */
  readonly at: string;
}

/**
 * Returns the members of a tool, which are next to its type or in a member of that name. A tool
 * without a type is a function; so is Anthropic's "custom", which has a schema
 * (automazeio/vibeproxy#411).
 */
export function toolMembers(tool: Members, at: string): ToolMembers {
  const type = typeOf(tool);
  const inside = tool[type];
  return isMembers(inside)
    ? { type, members: inside, at: `${at}.${type}` }
    : { type, members: tool, at };
}

function typeOf({ type, custom, input_schema: schema }: Members): string {
  if (isMembers(schema) && (type === "custom" || !type)) return "function";
  if (type !== undefined && type !== null) return String(type);
  return isMembers(custom) ? "custom" : "function";
}

/** Makes a function tool; one without parameters takes none. */
export function functionTool(tool: Members, name: string): Tool {
  const { description, parameters, input_schema: schema = parameters, strict } = tool;
  return {
    name,
    inputSchema: isMembers(schema) ? schema : { type: "object", properties: {} },
    ...(typeof description === "string" && { description }),
    ...(strict === true && { strict }),
  };
}

/**
 * Makes a tool whose input is text: any model can write the text as one member, and the description
 * tells it the grammar.
 */
export function customTool(tool: Members, name: string): Tool {
  const { description, format } = tool;
  const said = typeof description === "string" ? description : "";
  const grammar = grammarOf(isMembers(format) ? format : {});
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

/** In chat completions the grammar is one level deeper than in responses. */
function grammarOf(format: Members): string {
  const { type, grammar } = format;
  const { syntax, definition } = isMembers(grammar) ? grammar : format;
  if (type !== "grammar" || typeof definition !== "string") return "";
  return `The input follows this ${typeof syntax === "string" ? syntax : ""} grammar:\n${definition}`;
}

/** Returns the text that a custom tool is called with. */
export function customInput(input: unknown): string {
  const text: unknown = Object(input).input;
  return typeof text === "string" ? text : JSON.stringify(input ?? "");
}
