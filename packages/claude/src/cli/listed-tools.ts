import { DualModeError, type JsonObject } from "@acc/dual-mode/provider";

/**
 * Checks the tools that the CLI reports at its start: without one of them, the request would not be
 * the caller's.
 * @throws {@link DualModeError} `CLI_CRASHED` if one is missing
 */
export function checkListed(wanted: readonly string[], { tools, mcp_servers }: JsonObject): void {
  if (!Array.isArray(tools)) return;
  const missing = wanted.filter((name) => !tools.includes(name));
  if (missing.length === 0) return;
  const servers = JSON.stringify(mcp_servers ?? []);
  const said = `Claude's CLI does not list ${missing.join(", ")}; its MCP servers: ${servers}.`;
  throw new DualModeError("CLI_CRASHED", said, {
    fix: "Check whether a policy of this machine forbids MCP servers, or use the SDK mode.",
  });
}
