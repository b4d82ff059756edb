import type { CommandQuery, FoundCommand, SearchContext } from "./command-query.ts";

/**
 * Looks for a CLI: `cliPath`, then `ACC_<PROVIDER>_CLI`, then PATH, then folders that PATH often
 * misses. Unless the caller names it, no command is taken from a relative entry of PATH, from the
 * working folder or its repository, or from a node_modules.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` if a command is named that cannot be run.
 */
export async function findCommand(
  query: CommandQuery,
  context: SearchContext,
): Promise<FoundCommand | undefined> {
  const { searchCommand } = await import("../first-call.ts");
  return searchCommand(query, context);
}
