import type { JsonSchema, Tool } from "../contract/request.ts";

/** A tool as chat completions take it. */
export interface ChatTool {
  readonly type: "function";
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters: JsonSchema;
  };
}

/** Servers refuse parameters of no type, or without `properties`, also where a tool takes none. */
export function toChatTool({ name, description, inputSchema }: Tool): ChatTool {
  return {
    type: "function",
    function: {
      name,
      ...(description !== undefined && { description }),
      parameters: { type: "object", properties: {}, ...inputSchema },
    },
  };
}
