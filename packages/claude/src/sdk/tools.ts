import { type CanonicalRequest, closedSchema, type Tool } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import type { Param } from "./messages.ts";

type Tools = Pick<Anthropic.MessageCreateParams, "tools" | "tool_choice">;

/**
 * Converts the tools of a request and the choice. The API refuses a history with calls if there are
 * no tools: if the caller offers none any more, the called ones are named, and none may be called.
 */
export function toTools(request: CanonicalRequest, messages: readonly Param[]): Tools {
  if (request.tools === undefined) return usedTools(messages);
  const choice = toChoice(request);
  return { tools: request.tools.map(toTool), ...(choice && { tool_choice: choice }) };
}

/**
 * Converts a tool. A strict one must have closed objects, or the API refuses it (vercel/ai#20681).
 */
function toTool({ name, description, inputSchema, strict }: Tool, index: number): Anthropic.Tool {
  const rules = { who: "Claude", at: `request.tools[${index}].inputSchema` };
  const schema = { type: "object" as const, ...inputSchema };
  return {
    name,
    ...(description !== undefined && { description }),
    input_schema: strict === true ? { ...schema, ...closedSchema(schema, rules) } : schema,
    ...(strict === true && { strict }),
  };
}

function toChoice({
  toolChoice,
  parallelTools,
}: CanonicalRequest): Anthropic.ToolChoice | undefined {
  if (toolChoice === "none") return { type: "none" };
  const one = parallelTools === false && ({ disable_parallel_tool_use: true } as const);
  if (toolChoice === "required") return { type: "any", ...one };
  if (toolChoice === undefined) return one ? { type: "auto", ...one } : undefined;
  return { type: "tool", name: toolChoice.tool, ...one };
}

function usedTools(messages: readonly Param[]): Tools {
  const blocks = messages.flatMap(({ content }) => (typeof content === "string" ? [] : content));
  const names = new Set(blocks.flatMap((each) => (each.type === "tool_use" ? [each.name] : [])));
  if (names.size === 0) return {};
  return {
    tools: [...names].map((name) => ({ name, input_schema: { type: "object" } })),
    tool_choice: { type: "none" },
  };
}
