import type { CanonicalRequest } from "../contract/canonical.ts";
import type { JsonSchema, Tool } from "../contract/request.ts";
import { closedSchema } from "./closed-schema.ts";

/** A tool in the form of chat completions. */
export interface ChatTool {
  readonly type: "function";
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters: JsonSchema;
    readonly strict?: true;
  };
}

/**
 * The members of chat completions that say which tool is called, and how many calls are allowed.
 */
export interface ChatToolChoice {
  readonly tool_choice?:
    | "none"
    | "required"
    | { readonly type: "function"; readonly function: { readonly name: string } };
  readonly parallel_tool_calls?: false;
}

/**
 * Converts a tool. Servers refuse parameters without a type or without `properties`, even if the
 * tool has none. For a strict tool they refuse a schema with an object that is not closed.
 */
export function toChatTool({ name, description, inputSchema, strict }: Tool): ChatTool {
  const parameters = { type: "object", properties: {}, ...inputSchema };
  const rules = { who: "a strict tool", at: `request.tools: the inputSchema of "${name}"` };
  return {
    type: "function",
    function: {
      name,
      ...(description !== undefined && { description }),
      parameters: strict === true ? closedSchema(parameters, rules) : parameters,
      ...(strict === true && { strict }),
    },
  };
}

/** Returns neither member if there are no tools: servers refuse that. */
export function toChatToolChoice({
  toolChoice,
  parallelTools,
}: Pick<CanonicalRequest, "toolChoice" | "parallelTools">): ChatToolChoice {
  return {
    ...(toolChoice !== undefined && {
      tool_choice:
        typeof toolChoice === "string"
          ? toolChoice
          : { type: "function", function: { name: toolChoice.tool } },
    }),
    ...(parallelTools === false && { parallel_tool_calls: parallelTools }),
  };
}
