import type { CanonicalRequest } from "../contract/canonical.ts";
import type { JsonSchema, Tool } from "../contract/request.ts";
import { closedSchema } from "./closed-schema.ts";

/** A tool as chat completions take it. */
export interface ChatTool {
  readonly type: "function";
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters: JsonSchema;
    readonly strict?: true;
  };
}

/** The members of chat completions that say which tool is called, and how many. */
export interface ChatToolChoice {
  readonly tool_choice?:
    | "none"
    | "required"
    | { readonly type: "function"; readonly function: { readonly name: string } };
  readonly parallel_tool_calls?: false;
}

/**
 * Servers refuse parameters of no type, or without `properties`, also where a tool takes none; and
 * those of a strict tool where an object of theirs is not closed.
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

/** Neither member stands without tools: servers refuse that. */
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
