import { type CanonicalRequest, fitNames } from "@acc/dual-mode/provider";

/** The name of the MCP server of a run. */
export const serverName = "acc";
/** The prefix that the CLI adds to the names of a server's tools. */
const prefix = `mcp__${serverName}__`;
/** The API accepts 128 characters, gateways of other clouds 64, including the prefix. */
const rule = { characters: /[\w-]/, longest: 64 - prefix.length };

/** The names of a request's tools. */
export interface ToolNames {
  /** The name that the server lists. */
  listed(name: string): string;
  /** The name that the model knows. */
  sent(name: string): string;
  /** The caller's name for a tool that the model called; another name is returned as it is. */
  given(sent: string): string;
  /** All names, as the model knows them. */
  readonly all: readonly string[];
}

export function toolNames({ tools = [] }: CanonicalRequest): ToolNames {
  const names = tools.map(({ name }) => name);
  const { fitted, given } = fitNames(names, rule);
  const sent = (name: string) => prefix + fitted(name);
  return {
    listed: fitted,
    sent,
    given: (name) => (name.startsWith(prefix) && given(name.slice(prefix.length))) || name,
    all: names.map(sent),
  };
}
