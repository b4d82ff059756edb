import { type CanonicalRequest, checkToolNames } from "@acc/dual-mode/provider";
import { toolNames } from "./contents.ts";

interface FunctionDeclaration {
  readonly name: string;
  readonly description?: string;
  readonly parametersJsonSchema: unknown;
}

interface ToolConfig {
  readonly functionCallingConfig: {
    readonly mode: "ANY" | "NONE" | "VALIDATED";
    readonly allowedFunctionNames?: string[];
  };
}

/** The members of a body that define what the model may call. */
export interface Functions {
  readonly tools?: { readonly functionDeclarations: FunctionDeclaration[] }[];
  readonly toolConfig?: ToolConfig;
}

export function toFunctions(request: CanonicalRequest): Functions {
  const { tools } = request;
  if (tools === undefined) return {};
  checkToolNames(tools, toolNames, "Gemini");
  const functionDeclarations = tools.map(({ name, description, inputSchema }) => ({
    name,
    ...(description !== undefined && { description }),
    parametersJsonSchema: { type: "object", ...inputSchema },
  }));
  const toolConfig = toConfig(request);
  return { tools: [{ functionDeclarations }], ...(toolConfig && { toolConfig }) };
}

/**
 * Makes the mode of calling. A forced call is always held to its schema; any other only with
 * VALIDATED.
 */
function toConfig({ tools, toolChoice }: CanonicalRequest): ToolConfig | undefined {
  if (toolChoice === "none") return { functionCallingConfig: { mode: "NONE" } };
  if (toolChoice === "required") return { functionCallingConfig: { mode: "ANY" } };
  if (toolChoice !== undefined) {
    return { functionCallingConfig: { mode: "ANY", allowedFunctionNames: [toolChoice.tool] } };
  }
  const strict = tools?.some((tool) => tool.strict === true);
  return strict ? { functionCallingConfig: { mode: "VALIDATED" } } : undefined;
}
