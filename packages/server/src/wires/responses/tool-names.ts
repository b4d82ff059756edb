/** How a tool is called there; a model knows it by one name. */
export interface ToolName {
  readonly name: string;
  /** The group that it is of: Codex offers the tools of an MCP server as one (openai/codex#32318). */
  readonly namespace?: string;
  /** It takes text of any form, and not JSON. */
  readonly isCustom: boolean;
}

/** By the name that the model knows. */
export type ToolNames = ReadonlyMap<string, ToolName>;

/** One name of a tool and its group. */
export function flatName(name: string, namespace: unknown): string {
  if (typeof namespace !== "string" || namespace === "") return name;
  return namespace.endsWith("__") ? namespace + name : `${namespace}__${name}`;
}

/** A model may call what it was not offered: by the name that it says. */
export function toolNamed(names: ToolNames, name: string): ToolName {
  return names.get(name) ?? { name, isCustom: false };
}
