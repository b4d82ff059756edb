import type { CommandQuery, FoundCommand, SearchContext } from "./command-query.ts";

/**
 * Looks for a CLI: `cliPath`, then `ACC_<PROVIDER>_CLI`, then PATH, then the folders that PATH
 * often misses. Nothing is taken from a relative entry of PATH, the working folder, its repository
 * or a node_modules unless it is named.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` where a command is named that cannot be run.
 */
export async function findCommand(
  query: CommandQuery,
  context: SearchContext,
): Promise<FoundCommand | undefined> {
  const { searchCommand } = await import("../first-call.ts");
  return searchCommand(query, context);
}
