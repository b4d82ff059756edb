import type { Tool } from "@acc/dual-mode/provider";

interface FunctionDeclaration {
  readonly name: string;
  readonly description?: string;
  readonly parametersJsonSchema: unknown;
}

export function toFunctions(tools: readonly Tool[] = []): FunctionDeclaration[] {
  return tools.map(({ name, description, inputSchema }) => ({
    name,
    ...(description !== undefined && { description }),
    parametersJsonSchema: inputSchema,
  }));
}
