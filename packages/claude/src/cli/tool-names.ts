import { type CanonicalRequest, fitNames } from "@acc/dual-mode/provider";

/** What the MCP server of a run is called. */
export const serverName = "acc";
/** What the CLI puts before the name of a server's tool. */
const prefix = `mcp__${serverName}__`;
/** The API takes 128 characters, gateways of other clouds 64: the prefix is among them. */
const rule = { characters: /[\w-]/, longest: 64 - prefix.length };

/** The names of a request's tools. */
export interface ToolNames {
  /** As the server lists it. */
  listed(name: string): string;
  /** As the model knows it. */
  sent(name: string): string;
  /** The caller's, of one that the model gave; what is none of the caller's stays. */
  given(sent: string): string;
  /** All of them, as the model knows them. */
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
