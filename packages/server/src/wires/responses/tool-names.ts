/** How the program names a tool; a model knows it by one flat name. */
export interface ToolName {
  readonly name: string;
  /**
   * The group of the tool: Codex offers the tools of an MCP server as one group
   * (openai/codex#32318).
   */
  readonly namespace?: string;
  /** Whether it takes free text and not JSON. */
  readonly isCustom: boolean;
}

/** By the name that the model knows. */
export type ToolNames = ReadonlyMap<string, ToolName>;

/** Joins the name of a tool and its group into one. */
export function flatName(name: string, namespace: unknown): string {
  if (typeof namespace !== "string" || namespace === "") return name;
  return namespace.endsWith("__") ? namespace + name : `${namespace}__${name}`;
}

/**
 * Returns how the program names a tool. A model may call a tool that it was not offered, which
 * keeps its name.
 */
export function toolNamed(names: ToolNames, name: string): ToolName {
  return names.get(name) ?? { name, isCustom: false };
}
