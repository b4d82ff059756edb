import type { JsonSchema, Tool, ToolChoice } from "@acc/dual-mode";
import type { CallTool, CallToolChoice } from "../contract/call-options.ts";
import { defined } from "../defined.ts";
import { unsupported } from "../errors/refusals-of-ours.ts";

/** @throws UnsupportedFunctionalityError for a tool that a vendor runs, because tools are never left out */
export function toTools(tools: readonly CallTool[] | undefined): Tool[] | undefined {
  if (tools === undefined || tools.length === 0) return undefined;
  return tools.map((tool) => {
    if (tool.type !== "function") {
      throw unsupported(
        `tool ${tool.id}`,
        "It is run by a vendor. Give a tool of your own, or put it into providerOptions.acc.vendor.",
      );
    }
    const { name, description = "", inputSchema, inputExamples = [], strict } = tool;
    const examples = inputExamples.map(({ input }) => JSON.stringify(input));
    const shown = examples.length > 0 ? ["Examples of its input:", ...examples] : [];
    const said = [description, ...shown].filter((line) => line !== "").join("\n");
    return {
      name,
      ...defined({ description: said || undefined, strict }),
      inputSchema: objectSchema(inputSchema),
    };
  });
}

/** Adds the type "object", because vendors refuse a schema of arguments without it. */
function objectSchema(schema: object): JsonSchema {
  const { $schema: _, ...rest } = schema as JsonSchema;
  const isTold = ["type", "$ref", "anyOf", "oneOf", "allOf"].some((name) => name in rest);
  return isTold ? rest : { type: "object", properties: {}, ...rest };
}

export function toToolChoice(choice: CallToolChoice | undefined): ToolChoice | undefined {
  if (choice === undefined || choice.type === "auto") return undefined;
  return choice.type === "tool" ? { tool: choice.toolName } : choice.type;
}
