import { checkToolNames, type Tool } from "@acc/dual-mode/provider";
import { toolNames } from "./contents.ts";

interface FunctionDeclaration {
  readonly name: string;
  readonly description?: string;
  readonly parametersJsonSchema: unknown;
}

export function toFunctions(tools: readonly Tool[] = []): FunctionDeclaration[] {
  checkToolNames(tools, toolNames, "Gemini");
  return tools.map(({ name, description, inputSchema }) => ({
    name,
    ...(description !== undefined && { description }),
    parametersJsonSchema: { type: "object", ...inputSchema },
  }));
}
